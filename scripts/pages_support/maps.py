"""The page of `gridcode partition --map`: pointing at buildings, choosing a community, larger and smaller, printing."""

import json
import os

from .every import DESK, PHONE, hold

NAME = "网格员01"
COMMUNITIES = 12


def run(browser, gridcode, folder, pictures):
    """Builds maps with the program and looks at each of them."""
    path = lambda name: os.path.join(folder, name)

    def page(name, lang, *arguments):
        gridcode(["--lang", lang, "partition", *arguments, "--map", path(name)])
        return path(name)

    def picture(name):
        return pictures and os.path.join(pictures, name + ".png")

    with open(path("staff.csv"), "w", encoding="utf-8") as file:
        file.write("姓名,职务,负责网格\n")
        file.writelines(f"网格员{grid:02},专职网格员,{grid:02}\n" for grid in range(1, 11))
    pairs = ["--adjacency", "fixtures/communities/c4334.adj.csv", "--grids", "11", "--roster", path("staff.csv")]
    one = page("map.html", "zh", "fixtures/communities/c4334.buildings.csv", *pairs)
    named = page("map-named.html", "zh", "fixtures/communities/c4334.buildings.csv", *pairs, "--show-values")
    out = page("map-out.html", "en", "fixtures/communities/nasty_ratio.buildings.csv", "--nodes", "2000000")
    order = page("map-order.html", "en", "fixtures/communities/cuizhuyuan-utf8.csv", "--nodes", "2000000")
    several = page("map-several.html", "zh", district(path("district.csv")), "--nodes", "500000")

    for name, file in [("map", one), ("map-out", out), ("map-order", order), ("map-several", several)]:
        for width in [PHONE, DESK]:
            for dark in [False, True]:
                with browser.open(file, width, dark) as opened:
                    hold(opened)
                    opened.picture(picture(f"{name}-{width}-{'dark' if dark else 'light'}"))
    for width in [PHONE, DESK]:
        with browser.open(one, width) as opened:
            points(opened)
            opened.picture(picture(f"map-pointed-{width}"), whole=False)
            zooms(opened)
            hold(opened)
    with browser.open(named, DESK) as opened:
        opened.is_so(f"document.querySelector('tbody tr td:nth-of-type(3)').innerText", NAME)
        point(opened, "#c0 .mark[data-grid='0']")
        opened.is_so(f"document.querySelector('.told').innerText.includes('专职网格员：{NAME}')")
    with browser.open(out, DESK) as opened:
        opened.is_so("document.querySelectorAll('strong.missed').length", 10)
        opened.is_so("document.querySelector('figcaption').innerText.includes('hatched')")
    huge = page("map-large.html", "zh", large(path("large.csv")), "--nodes", "1")
    for width in [PHONE, DESK]:
        with browser.open(huge, width) as opened:
            opened.picture(picture(f"map-large-{width}"), whole=False)
            many(opened)
    chooses(browser, several, picture)
    without_script(browser, several)


def point(page, selector):
    """Moves the mouse onto an element."""
    # Where it is, is known once the scrolling has been drawn; what comes before that may be lost.
    box = page.value(
        f"(async () => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center', behavior: 'instant'}});"
        " for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);"
        " const r = e.querySelector('circle, rect, th')?.getBoundingClientRect() ?? e.getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
    )
    for off in [1, 0]:
        page.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0] + off, y=box[1])


def points(page):
    """What somebody points at is told, in the language that is chosen, and its grid stands out."""
    told = "document.querySelector('.told').innerText"
    page.is_so(f"{told}.startsWith('指向或点一下')")
    page.is_so("document.querySelectorAll('.mark title').length", 0)
    point(page, "#c0 .mark[data-grid='3']")
    page.is_so(f"{told}.split('\\n').length", 3)
    page.is_so(f"{told}.includes('04 网格：394 户，1,136 人')")
    page.is_so(f"{told}.includes('专职网格员：1 人') && !{told}.includes('{NAME}')")
    page.is_so(f"!document.documentElement.outerHTML.includes('{NAME}')")
    page.is_so("document.querySelectorAll('.mark.on').length", 7)
    page.is_so("Number(getComputedStyle(document.querySelector('.mark:not(.on)')).opacity) < 0.5")
    # Nobody has the eleventh grid.
    point(page, "tbody tr:last-child")
    page.is_so(f"{told}.includes('11 网格') && {told}.includes('专职网格员：空缺')")
    # A click keeps it, Escape ends that.
    page.press("tbody tr:nth-child(2) th")
    page.call("Input.dispatchMouseEvent", type="mouseMoved", x=2, y=2)
    page.is_so(f"{told}.includes('02 网格')")
    page.press("label[for=lang-en]")
    page.is_so(f"{told}.startsWith('grid 02: 457 households')")
    page.is_so("document.querySelector('.mark').ariaLabel.includes('households')")
    page.is_so("document.documentElement.lang", "en")
    page.press("label[for=lang-zh]")
    page.value("document.querySelector('tbody tr:nth-child(2)').focus()")
    page.key("Escape", 27)
    page.value("document.activeElement.blur()")
    page.call("Input.dispatchMouseEvent", type="mouseMoved", x=2, y=2)
    page.is_so("document.querySelectorAll('.on').length", 0)
    # By key alone.
    page.value("document.querySelector('.zoom button:last-child').focus()")
    page.key("Tab", 9)
    page.is_so("document.activeElement.matches('.mark')")
    page.is_so(f"{told} === document.activeElement.dataset.toldZh")
    page.key("Enter", 13)
    page.value("document.activeElement.blur()")
    page.is_so("document.querySelectorAll('.mark.on').length > 0")


def zooms(page):
    """Larger and smaller, within its frame."""
    wide = "document.querySelector('.ground').scrollWidth / document.querySelector('.ground').clientWidth"
    page.is_so(f"{wide} < 1.01")
    page.press("[data-zoom='1']")
    page.press("[data-zoom='1']")
    page.is_so(f"{wide} > 2.2")
    page.press("[data-zoom='-1']")
    page.is_so(f"{wide} > 1.4 && {wide} < 1.6")
    page.press("[data-zoom='0']")
    page.is_so(f"{wide} < 1.01")


def many(page):
    """A picture of thousands of buildings: no dust of words from afar, all of it close by, and the map stays beside its long table."""
    seen = lambda what: f"getComputedStyle(document.querySelector('.mark .{what}')).display !== 'none'"
    near = "document.querySelector('.ground').scrollWidth / document.querySelector('.ground svg').viewBox.baseVal.width"
    page.is_so(f"{seen('name')} || {seen('figure')}", False)
    for _ in range(10):
        page.press("[data-zoom='1']")
    page.is_so(f"{near} > 1.4 && {near} < 2.4")
    page.is_so(f"{seen('name')} && {seen('figure')}")
    page.press("[data-zoom='0']")
    page.is_so(f"{seen('name')} || {seen('figure')}", False)
    page.press("tbody tr:last-child th")
    page.is_so(
        "(() => { const f = document.querySelector('.ground').getBoundingClientRect(), m = document.querySelector('.mark.on').getBoundingClientRect();"
        f" return {int(page.width > 1000)} === 0 || (f.top < innerHeight && f.bottom > 0 && m.top >= f.top - 1 && m.bottom <= f.bottom + 1); }})()"
    )
    # On a sheet of paper the words would be dust as well.
    page.call("Emulation.setEmulatedMedia", media="print")
    page.is_so(f"{seen('name')}", False)


def large(path):
    """A community of 2,000 buildings in rows, of 400 households each: every one is a grid."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("社区,楼栋,X,Y,户数,人数\n")
        file.writelines(f"大社区,{at + 1}栋,{at % 50 * 60},{at // 50 * 45},400,1200\n" for at in range(2000))
    return path


def chooses(browser, path, picture):
    """One community of many, or all of them; what is chosen is what is printed."""
    shown = "[...document.querySelectorAll('section')].filter(e => e.checkVisibility()).map(e => e.id).join()"
    with browser.open(path, DESK) as page:
        page.is_so("document.querySelector('#community').options.length", COMMUNITIES + 1)
        page.is_so(shown, "c0")
        one = page.printed()
        assert one.startswith(b"%PDF"), one[:20]
        page.choose("#community", "7")
        page.is_so(shown, "c7")
        page.is_so("document.querySelector('#c7 h2').innerText.startsWith('第8社区')")
        page.is_so("location.hash", "#c7")
        page.press("label[for=lang-en]")
        page.is_so("document.querySelector('#community').selectedOptions[0].text.includes('grids')")
        hold(page)
        page.choose("#community", "all")
        page.is_so("document.querySelectorAll('section[hidden]').length", 0)
        assert len(page.printed()) > 4 * len(one), "all communities print as little as one"
        page.call("Emulation.setEmulatedMedia", media="print")
        page.is_so("['.switch', '.choice', '.pointing'].every(s => !document.querySelector(s).checkVisibility())")
        page.picture(picture("map-printed"))


def without_script(browser, path):
    """All communities stand in the page, and the language can be switched."""
    with browser.open(path, PHONE, script=False) as page:
        page.is_so("[...document.querySelectorAll('section')].filter(e => e.checkVisibility()).length", COMMUNITIES)
        page.is_so("document.querySelector('.choice').checkVisibility() || document.querySelector('.pointing').checkVisibility()", False)
        page.is_so("document.querySelector('.mark title').textContent.includes('户')")
        page.press("label[for=lang-en]")
        page.is_so("document.querySelector('h1').innerText", "Map of the grids")
        assert page.complaints() == []


def district(path):
    """A list of many communities, each of a pattern of its own; one of them is hostile and too small for any grid."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("社区,楼栋,经度,纬度,户数,人数\n")
        for community in range(COMMUNITIES):
            name = f"第{community + 1}社区" if community != 3 else "<b>第4</b>社区"
            for building in range(24 + 3 * community if community != 3 else 4):
                lon = 117.2 + community * 0.02 + building % 6 * 0.0006 + building * community % 7 * 0.00004
                lat = 31.8 + building // 6 * 0.0006 + building * 5 % 7 * 0.00004
                households = 40 + (building * 13 + community * 7) % 50
                file.write(f"{name},{building + 1}栋,{lon:.6f},{lat:.6f},{households},{households * 3}\n")
    return path
