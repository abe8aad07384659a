"use strict";
// Filters the findings and shows a page of them. Every text is set as text: none becomes markup.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = { severity: 0, rule: 1, list: 2, sheet: 3, cell: 4, building: 5, field: 6, text: 7, advice: 8, fix: 9, sure: 10, value: 11 };
  const byId = (id) => document.getElementById(id);
  const zh = byId("lang-zh");
  const lang = () => (zh.checked ? 0 : 1);
  const word = (name) => data.words[name];
  const collator = new Intl.Collator("zh-CN", { numeric: true });

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // Both wordings; the style shows one.
  function both(target, pair) {
    ["zh-CN", "en"].forEach((tag, index) => {
      const span = element("span", "", pair[index]);
      span.lang = tag;
      target.append(span);
    });
    return target;
  }

  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const filled = (name, values) => word(name).map((text) => text.replace(/\{(\w+)\}/g, (_, key) => grouped(values[key])));

  function titled() {
    document.documentElement.lang = lang() ? "en" : "zh-CN";
    document.title = data.title[lang()];
  }

  const rows = byId("rows");
  if (!rows) {
    for (const radio of document.getElementsByName("lang")) radio.addEventListener("change", titled);
    return;
  }

  const filters = ["severity", "rule", "list", "sheet", "building"].filter((name) => byId(name));
  const search = byId("search");
  let shown = [];
  let first = 0;

  // What each filter can be set to, with how often it is met.
  function choices(name) {
    const counts = new Map();
    for (const finding of data.findings) {
      const value = finding[at[name]];
      counts.set(value, (counts.get(value) || 0) + 1);
    }
    const label = (value) => {
      if (value === null) return word("none");
      if (name === "severity") return data.severities[value].slice(1);
      if (name === "rule") return data.rules[value].slice(1);
      const own = data[name + "s"][value];
      return [own, own];
    };
    const all = [...counts].map(([value, count]) => ({ value, count, label: label(value) }));
    if (name === "rule") all.sort((a, b) => b.count - a.count);
    else if (name === "building") all.sort((a, b) => (a.value === null) - (b.value === null) || collator.compare(a.label[0], b.label[0]));
    else all.sort((a, b) => (a.value === null) - (b.value === null) || a.value - b.value);
    return all;
  }

  const known = new Map(filters.map((name) => [name, choices(name)]));

  function fill() {
    for (const [name, all] of known) {
      const select = byId(name);
      const kept = select.value;
      select.replaceChildren(new Option(word("all")[lang()], ""));
      for (const { value, count, label } of all) {
        select.append(new Option(label[lang()] + " (" + grouped(count) + ")", String(value)));
      }
      select.value = kept;
      select.parentElement.hidden = all.length < 2;
    }
    const order = byId("order");
    const kept = order.value || "place";
    order.replaceChildren(...["place", "rule", "severity"].map((name) => new Option(word("by-" + name)[lang()], name)));
    order.value = kept;
    search.placeholder = word("placeholder")[lang()];
  }

  const hay = [];
  function haystack(index) {
    if (hay[index] === undefined) {
      const f = data.findings[index];
      const pairs = [data.texts[f[at.text]], data.texts[f[at.advice]], data.fields[f[at.field]], data.rules[f[at.rule]], data.severities[f[at.severity]]];
      const own = [f[at.cell], data.sheets[f[at.sheet]], data.buildings[f[at.building]], data.lists[f[at.list]], f[at.fix], f[at.value]];
      hay[index] = pairs.flat().concat(own).filter((text) => text).join("\n").toLowerCase();
    }
    return hay[index];
  }

  function choose() {
    const set = filters.map((name) => [at[name], byId(name).value]).filter(([, value]) => value !== "");
    const words = search.value.trim().toLowerCase().split(/\s+/).filter((text) => text);
    shown = [];
    data.findings.forEach((finding, index) => {
      if (set.some(([place, value]) => String(finding[place]) !== value)) return;
      if (words.length && !words.every((text) => haystack(index).includes(text))) return;
      shown.push(index);
    });
    const order = byId("order").value;
    const rank = new Map((known.get("rule") || []).map(({ value }, index) => [value, index]));
    const key = (index) => (order === "rule" ? rank.get(data.findings[index][at.rule]) : data.findings[index][at.severity]);
    if (order === "rule" || order === "severity") shown.sort((a, b) => key(a) - key(b) || a - b);
    first = 0;
    show(data.page);
  }

  function row(finding) {
    const severity = data.severities[finding[at.severity]];
    const made = element("tr", severity[0]);
    made.setAttribute("role", "row");
    const cell = (className) => {
      const td = element("td", className);
      td.setAttribute("role", "cell");
      made.append(td);
      return td;
    };
    cell("").append(both(element("span", "badge"), severity.slice(1)));
    const where = cell("where");
    where.append(element("b", "", finding[at.cell]));
    const list = data.lists.length > 1 ? data.lists[finding[at.list]] : undefined;
    for (const text of [list, data.sheets[finding[at.sheet]], data.buildings[finding[at.building]]]) {
      if (text !== undefined) where.append(element("small", "", text));
    }
    const what = cell("what");
    const said = element("p");
    if (finding[at.field] !== null) said.append(both(element("strong"), data.fields[finding[at.field]]), " ");
    if (finding[at.value] !== null) said.append(element("q", "", finding[at.value]), " ");
    what.append(both(said, data.texts[finding[at.text]]));
    if (finding[at.fix] !== null) {
      const fix = element("p", "fix", "→ ");
      fix.append(element("code", "", finding[at.fix]), " ");
      what.append(both(fix, data.confidences[finding[at.sure]]));
    }
    if (finding[at.advice] !== null) what.append(both(element("p", "quiet"), data.texts[finding[at.advice]]));
    const rule = data.rules[finding[at.rule]][0];
    const link = element("a");
    link.href = "#rule-" + rule;
    link.append(element("code", "", rule));
    cell("").append(link);
    return made;
  }

  function show(count) {
    const some = shown.slice(first, first + count);
    rows.replaceChildren(...some.map((index) => row(data.findings[index])));
    const status = byId("count");
    status.replaceChildren();
    if (shown.length) both(status, filled("shown", { n: shown.length, all: data.findings.length }));
    else both(status, word("nothing"));
    byId("table").hidden = !shown.length;
    byId("pager").hidden = shown.length <= data.page;
    byId("back").disabled = first === 0;
    byId("on").disabled = first + data.page >= shown.length;
    byId("page").replaceChildren();
    both(byId("page"), filled("range", { from: first + 1, to: first + some.length }));
  }

  function turn(pages) {
    first = Math.min(Math.max(0, first + pages * data.page), Math.max(0, shown.length - 1));
    show(data.page);
    byId("count").scrollIntoView({ block: "nearest" });
  }

  function open() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id.startsWith("rule-") ? byId(id) : null;
    if (target) target.open = true;
  }

  // What is printed says which filters are set, and holds more than a page.
  const AT_MOST = 1000;
  function beforePrint() {
    const parts = filters
      .map((name) => byId(name))
      .filter((select) => select.value !== "")
      .map((select) => select.labels[0].innerText + word("colon")[lang()] + select.selectedOptions[0].text);
    if (search.value.trim()) parts.push(search.labels[0].innerText + word("colon")[lang()] + search.value.trim());
    parts.push(filled("shown", { n: shown.length, all: data.findings.length })[lang()]);
    if (shown.length > AT_MOST) parts.push(filled("printed", { n: AT_MOST })[lang()]);
    byId("filters").textContent = parts.join(word("separator")[lang()]);
    const kept = first;
    first = 0;
    show(AT_MOST);
    first = kept;
  }

  fill();
  for (const name of [...filters, "order"]) byId(name).addEventListener("change", choose);
  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(choose, 120);
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("controls").addEventListener("reset", () => setTimeout(() => { fill(); choose(); }));
  byId("back").addEventListener("click", () => turn(-1));
  byId("on").addEventListener("click", () => turn(1));
  for (const button of document.querySelectorAll("button.only")) {
    const number = data.rules.findIndex(([name]) => name === button.dataset.rule);
    button.hidden = number < 0;
    button.addEventListener("click", () => {
      byId("rule").value = String(number);
      choose();
      byId("findings").scrollIntoView();
      byId("rule").focus({ preventScroll: true });
    });
  }
  for (const radio of document.getElementsByName("lang")) {
    radio.addEventListener("change", () => {
      titled();
      fill();
    });
  }
  addEventListener("hashchange", open);
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", () => show(data.page));
  byId("controls").hidden = false;
  titled();
  open();
  choose();
})();
