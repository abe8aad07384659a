"""The page of `gridcode validate --format html`: what it shows, what its filters do, what it prints."""

import json
import os
import time

from .every import DESK, PHONE, TABLET, hold

ON = ["--on", "2026-11-01"]
HOSTILE = "<script>alert(1)</script>"


def run(browser, gridcode, folder, pictures):
    """Builds pages with the program and looks at each of them."""

    def page(name, lang, *arguments):
        path = os.path.join(folder, name + ".html")
        gridcode(["--lang", lang, "validate", *arguments, *ON, "-o", path])
        return path

    def picture(name):
        return pictures and os.path.join(pictures, name + ".png")

    dirty = "fixtures/communities/cuizhuyuan-dirty.xlsx"
    one = page("one", "zh", dirty)
    several = page("several", "en", "fixtures/examples/households.csv", dirty, "fixtures/examples/residents.csv")
    report = json.loads(gridcode(["validate", dirty, *ON, "--json"]))
    assert report["findings"]["errors"] > 50

    for name, path in [("one", one), ("several", several)]:
        for width in [PHONE, TABLET, DESK]:
            for dark in [False, True]:
                with browser.open(path, width, dark) as opened:
                    hold(opened)
                    opened.picture(picture(f"{name}-{width}-{'dark' if dark else 'light'}"))
    for width in [PHONE, DESK]:
        with browser.open(one, width) as opened:
            filters(opened, report)
            hold(opened)
            opened.picture(picture(f"filtered-{width}"), whole=False)
    with browser.open(one, DESK) as opened:
        prints(opened)
        hold(opened)
    with browser.open(several, DESK) as opened:
        opened.choose("#list", "0")
        opened.is_so("document.querySelectorAll('#rows tr').length > 0")
        opened.is_so("[...document.querySelectorAll('#rows .where small:first-of-type')].every(e => e.textContent.includes('households.csv'))")
        hold(opened)
    without_script(browser, one, report)
    sound(browser, page("sound", "en", "fixtures/communities/cuizhuyuan.xlsx"))
    hostile(browser, folder, page)
    long_list(browser, folder, page)


def filters(page, report):
    """Every filter shows what the report says there is, and nothing else."""
    findings = report["files"][0]["findings"]
    at_a_time = min(50, len(findings))
    rows = "document.querySelectorAll('#rows tr').length"
    said = "document.querySelector('#count').innerText"
    page.is_so(rows, at_a_time)
    page.is_so(said, f"显示 {len(findings)} 条，共 {len(findings)} 条")

    warnings = sum(finding["severity"] == "warning" for finding in findings)
    page.choose("#severity", "1")
    page.is_so(rows, warnings)
    page.is_so("[...document.querySelectorAll('#rows .badge')].every(e => e.innerText === '警告')")
    page.is_so(said, f"显示 {warnings} 条，共 {len(findings)} 条")

    page.choose("#severity", "")
    page.press(".rule#rule-look-alike summary")
    page.is_so("document.querySelector('#rule-look-alike').open")
    page.press(".rule#rule-look-alike .only")
    alike = sum(finding["rule"] == "look-alike" for finding in findings)
    page.is_so(rows, alike)
    page.is_so("[...document.querySelectorAll('#rows code')].map(e => e.textContent).filter(t => t === 'look-alike').length", alike)

    page.press("#reset")
    page.is_so(rows, at_a_time)
    cell = findings[0]["cell"]
    page.type("#search", cell)
    page.is_so("document.querySelector('#rows b').textContent", cell)
    page.is_so(f"{rows} < {at_a_time}")
    page.type("#search", "不会有这样的字")
    page.is_so("document.querySelector('#table').hidden")
    page.is_so(said, "没有符合条件的问题")
    page.type("#search", "")
    page.is_so(rows, at_a_time)

    # By building: the rows are those of that building, and the choice says how many.
    choice = page.value("(() => { const o = document.querySelector('#building').options[1]; return [o.value, o.text]; })()")
    name, count = choice[1].rsplit(" (", 1)
    page.choose("#building", choice[0])
    page.is_so(rows, int(count.rstrip(")")))
    page.is_so(f"[...document.querySelectorAll('#rows .where small:last-child')].every(e => e.textContent === {json.dumps(name)})")
    page.press("#reset")

    page.choose("#order", "severity")
    page.is_so("document.querySelector('#rows tr').className", "error")
    page.press("#on")
    page.is_so(rows, len(findings) - 50)
    page.is_so("document.querySelector('#rows tr:last-child').className", "warning")
    page.is_so("document.querySelector('#on').disabled")
    page.press("#back")
    page.is_so(rows, at_a_time)

    page.press("label[for=lang-en]")
    page.is_so("document.documentElement.lang", "en")
    page.is_so(said, f"{len(findings)} of {len(findings)} shown")
    page.is_so("document.querySelector('#rows .badge').innerText", "error")
    page.is_so("document.querySelector('#severity').options[1].text.startsWith('error')")
    # The switch is a group of two, and the keyboard turns it.
    page.value("document.querySelector('#lang-en').focus()")
    page.key("ArrowLeft", 37)
    page.is_so("document.documentElement.lang", "zh-CN")
    page.is_so("document.title.includes('检查结果')")


def prints(page):
    """On paper: what is chosen, said in a line, and no control."""
    whole = page.printed()
    assert whole.startswith(b"%PDF"), whole[:20]
    page.choose("#rule", page.value("document.querySelector('#rule').options[1].value"))
    assert len(page.printed()) < len(whole), "a filtered page prints as much as a whole one"
    page.is_so("document.querySelector('#filters').textContent.startsWith('规则：')")
    page.call("Emulation.setEmulatedMedia", media="print")
    page.is_so("['#controls', '.switch', 'nav', '#pager'].every(s => !document.querySelector(s).checkVisibility())")
    page.call("Emulation.setEmulatedMedia", media="")


def without_script(browser, path, report):
    """The first findings stand in the page itself, and the language can be switched all the same."""
    with browser.open(path, PHONE, script=False) as page:
        # Looking from outside runs no script of the page.
        page.is_so("document.querySelectorAll('#rows tr').length", 50)
        page.is_so("document.querySelector('#controls').checkVisibility()", False)
        page.is_so("document.querySelector('noscript').checkVisibility()")
        page.is_so("document.querySelector('h2').innerText", "账目")
        page.press("label[for=lang-en]")
        page.is_so("document.querySelector('h2').innerText", "The account")
        assert page.complaints() == []
    assert len(report["files"][0]["findings"]) > 50


def sound(browser, path):
    """A list with nothing wrong says so, and still shows its codes."""
    with browser.open(path, PHONE) as page:
        page.is_so("document.querySelectorAll('p.sound').length", 2)
        page.is_so("document.querySelector('#findings').innerText.includes('nothing found')")
        page.is_so("document.querySelectorAll('.spread tbody tr').length > 50")
        page.is_so("document.querySelector('.spread tfoot .sum').firstChild.data", "4,334")
        page.press("label[for=lang-zh]")
        page.is_so("document.documentElement.lang", "zh-CN")
        hold(page)


def hostile(browser, folder, page):
    """What stands in a list is text, wherever it is shown."""
    path = os.path.join(folder, f"{HOSTILE.replace('/', '')}.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"楼栋,房号,网格编码,居住类型\n{HOSTILE},803,803Aa,<img src=x>\n3栋,,\"</script><!--\",</q>\n")
    with browser.open(page("hostile", "zh", path, "--show-values"), DESK) as opened:
        opened.is_so("document.querySelectorAll('img, main script').length", 0)
        opened.is_so("document.body.innerText.includes('<script>alert(1)</script>')")
        opened.is_so("document.querySelector('#rows').innerText.includes('</script><!--')")
        opened.type("#search", "<img src=x>")
        opened.is_so("document.querySelectorAll('#rows tr').length > 0")
        hold(opened)


def long_list(browser, folder, page):
    """A hundred thousand rows make a page that is there within seconds, and says what it leaves out."""
    path = os.path.join(folder, "long.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("楼栋,房号,网格编码\n")
        file.writelines(f"{n // 400 + 1}栋,{101 + n % 400},{101 + n % 400}{'Xa' if n % 3 else 'Aa'}\n" for n in range(100_000))
    built = page("long", "en", path)
    since = time.monotonic()
    with browser.open(built, DESK) as opened:
        opened.is_so("document.querySelectorAll('#rows tr').length", 50)
        took = time.monotonic() - since
        assert took < 10, f"{took:.1f} s"
        opened.is_so("document.querySelector('#count').innerText", "20,000 of 20,000 shown")
        opened.is_so("document.querySelector('#not-listed').innerText.includes('of 66,666 findings 46,666')")
        opened.type("#search", "C20000")
        opened.is_so("document.querySelectorAll('#rows tr').length < 3")
        print(f"   a page of {os.path.getsize(built) / 1e6:.1f} MB for 100,000 rows is there after {took:.1f} s")
        hold(opened)
