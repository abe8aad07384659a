"""A real browser, driven over a pipe in its own protocol: no port, no network, nothing to install beside it."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe",
]
PATIENCE = 60.0


def find():
    """The browser of this machine, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One browser with a profile of its own, which goes when it ends."""

    def __init__(self, path):
        self.profile = tempfile.TemporaryDirectory(prefix="gridcode-pages-", ignore_cleanup_errors=True)
        read_there, self._write = os.pipe()
        self._read, write_there = os.pipe()

        def hand_over():
            # The browser reads at 3 and writes at 4; both may be in each other's way.
            read, write = os.dup(read_there), os.dup(write_there)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self._process = subprocess.Popen(
            [path, *FLAGS, f"--user-data-dir={self.profile.name}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=hand_over, close_fds=False,
        )
        os.close(read_there)
        os.close(write_there)
        self._buffer = b""
        self._number = 0
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (OSError, RuntimeError, TimeoutError):
            pass
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self.profile.cleanup()

    def _message(self, until):
        while b"\0" not in self._buffer:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._read], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            more = os.read(self._read, 1 << 16)
            if not more:
                raise RuntimeError("the browser has ended")
            self._buffer += more
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        """Asks the browser for something and gives its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            answer = self._message(until)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, method, session):
        """Waits for an event of a page, which may have come already."""
        until = time.monotonic() + PATIENCE
        while not any(event.get("method") == method and event.get("sessionId") == session for event in self.events):
            self.events.append(self._message(until))

    def open(self, file, width, dark=False, script=True):
        """Opens a file as a phone (narrow) or a desk (wide) would show it."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session, target, width)
        for domain in ["Page", "Runtime", "Log", "Network"]:
            page.call(f"{domain}.enable")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", features=[scheme])
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=844 if width < 700 else 900, deviceScaleFactor=1, mobile=width < 700)
        page.call("Emulation.setScriptExecutionDisabled", value=not script)
        page.url = f"file://{os.path.abspath(file)}"
        page.call("Page.navigate", url=page.url)
        self.wait_for("Page.loadEventFired", session)
        return page


class Page:
    """A page in the browser."""

    def __init__(self, browser, session, target, width):
        self.browser, self.session, self.target, self.width, self.url = browser, session, target, width, ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.call("Target.closeTarget", targetId=self.target)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def value(self, expression):
        """What an expression is worth in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def is_so(self, expression, expected=True):
        """Waits until an expression has a value, as a person who looks would."""
        until = time.monotonic() + 10
        found = self.value(expression)
        while found != expected and time.monotonic() < until:
            time.sleep(0.05)
            found = self.value(expression)
        assert found == expected, f"{self.url} at {self.width}: {expression} is {found!r}, not {expected!r}"

    def press(self, selector):
        """Presses the middle of an element with the mouse, after bringing it into view."""
        box = self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center', behavior: 'instant'}});"
            " const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ["mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def type(self, selector, text):
        """Replaces what a field holds by typing."""
        self.value(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.focus(); e.select(); }})()")
        if text:
            self.call("Input.insertText", text=text)
        else:
            self.key("Backspace", 8)

    def key(self, key, code):
        for kind in ["keyDown", "keyUp"]:
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def choose(self, selector, value):
        """Sets a list to one of its choices, as its user does."""
        self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.value = {json.dumps(value)};"
            " e.dispatchEvent(new Event('change', {bubbles: true})); })()"
        )

    def complaints(self):
        """What the browser has to say against the page, and what it was asked to load beside it."""
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            method, of = event["method"], event.get("params", {})
            if method == "Log.entryAdded":
                found.append(of["entry"]["text"])
            elif method == "Runtime.consoleAPICalled":
                found.append(str([argument.get("value") for argument in of["args"]]))
            elif method == "Runtime.exceptionThrown":
                found.append(str(of["exceptionDetails"]))
            elif method == "Network.requestWillBeSent" and of["request"]["url"].partition("#")[0] != self.url:
                found.append(f"asked for {of['request']['url']}")
        return found

    def picture(self, path, whole=True):
        if not path:
            return
        parameters = {"format": "png"}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            parameters |= {"captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", **parameters)["data"]))

    def printed(self):
        """The page as PDF, in bytes."""
        return base64.b64decode(self.call("Page.printToPDF", printBackground=True)["data"])
