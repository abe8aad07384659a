"""What holds for every page this program writes, at every width and in every light."""

PHONE, TABLET, DESK = 390, 820, 1280


def hold(page):
    """Nothing to complain of, nothing to scroll sideways, every control with a name, no heading left out."""
    assert page.complaints() == [], f"{page.url}: {page.complaints()}"
    # A phone zooms out of what is too wide: its own width counts.
    page.is_so(f"document.documentElement.scrollWidth <= {page.width}")
    nameless = page.value(
        "[...document.querySelectorAll('input, select, button')].filter(e => e.checkVisibility()"
        " && !e.labels?.length && !e.ariaLabel && !e.textContent.trim()).map(e => e.outerHTML)"
    )
    assert nameless == [], nameless
    page.is_so("document.querySelectorAll('h1').length", 1)
    without_scope = page.value("[...document.querySelectorAll('th:not([scope])')].length")
    assert without_scope == 0
    handlers = page.value(
        "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style')).map(e => e.outerHTML)"
    )
    assert handlers == [], handlers
    pale = page.value(CONTRAST)
    assert pale == [], f"{page.url}: too pale: {pale}"


# Texts of which the contrast is below 4.5 : 1, as WCAG reckons it. What is behind a text is the nearest colour.
CONTRAST = """(() => {
  const parts = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const pale = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = 0; walker.nextNode() && n < 3000; n++) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || ["SCRIPT", "NOSCRIPT", "OPTION"].includes(e.tagName) || !e.checkVisibility({opacityProperty: true})) continue;
    if (e.closest("caption, :disabled") || e.getBoundingClientRect().width < 2) continue;
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) pale.add(e.tagName + "." + e.className + " " + walker.currentNode.data.trim().slice(0, 20) + " " + ratio.toFixed(2));
  }
  return [...pale].slice(0, 10);
})()"""
