"use strict";
(() => {
  const root = document.documentElement;
  const all = (what, from = document) => Array.from(from.querySelectorAll(what));
  const sections = all("section");

  const main = document.querySelector("main");
  const chinese = document.getElementById("lang-zh");
  const said = (element, name) => element.getAttribute(`data-${name}-${chinese.checked ? "zh" : "en"}`);

  // Tooltips of the browser would lie upon what the page tells.
  for (const mark of all(".mark")) mark.querySelector("title")?.remove();

  // What the style cannot say in the language that is chosen.
  const speak = () => {
    root.lang = chinese.checked ? "zh-CN" : "en";
    document.title = said(main, "title");
    for (const mark of all(".mark")) mark.setAttribute("aria-label", said(mark, "told"));
    for (const option of all("option")) option.textContent = said(option, "said");
    for (const button of all("[data-zoom]")) {
      button.title = said(button, "said");
      button.setAttribute("aria-label", button.title);
    }
    for (const section of sections) section.tell();
  };
  for (const radio of document.getElementsByName("lang")) radio.addEventListener("change", speak);

  // The community.
  const choice = document.getElementById("community");
  const show = (which) => {
    for (const section of sections) section.hidden = which !== "all" && section.id !== `c${which}`;
  };
  if (choice) {
    choice.parentElement.hidden = false;
    const asked = location.hash.slice(2);
    if (all("option", choice).some((option) => option.value === asked)) choice.value = asked;
    choice.addEventListener("change", () => {
      show(choice.value);
      history.replaceState(null, "", `#c${choice.value}`);
    });
    show(choice.value);
  }

  for (const section of sections) {
    const frame = section.querySelector(".ground");
    const told = section.querySelector(".told");
    const parts = all("[data-grid]", section);
    // What somebody points at, and what was chosen by a click and stays.
    let pointed = null;
    let kept = null;

    section.tell = () => {
      const one = pointed ?? kept;
      const grid = one?.dataset.grid;
      section.classList.toggle("lit", grid !== undefined);
      for (const part of parts) part.classList.toggle("on", grid !== undefined && part.dataset.grid === grid);
      if (!told) return;
      told.classList.toggle("empty", !one);
      if (!one) {
        told.textContent = chinese.checked
          ? "指向或点一下楼栋或网格，这里显示它的情况"
          : "Point at a building or a grid, or tap it, to read about it here";
        return;
      }
      const [first, ...rest] = said(one, "told").split("\n");
      const strong = document.createElement("strong");
      strong.textContent = first;
      told.replaceChildren(strong, rest.join("\n"));
    };
    const find = (event) => event.target.closest?.(".mark, tbody tr") ?? null;

    section.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      pointed = find(event);
      section.tell();
    });
    section.addEventListener("pointerleave", () => {
      pointed = null;
      section.tell();
    });
    section.addEventListener("focusin", (event) => {
      if (!find(event)?.matches(":focus-visible")) return;
      pointed = find(event);
      section.tell();
    });
    section.addEventListener("focusout", () => {
      pointed = null;
      section.tell();
    });
    const keep = (one) => {
      kept = one === kept ? null : one;
      section.tell();
    };
    // Of a grid that was chosen in the table the first building comes into sight, within the frame.
    const bring = (one) => {
      const mark = one?.matches("tr") && all(".mark", frame).find((mark) => mark.dataset.grid === one.dataset.grid);
      if (!mark) return;
      const [there, here] = [mark.getBoundingClientRect(), frame.getBoundingClientRect()];
      frame.scrollBy(there.x + there.width / 2 - here.x - here.width / 2, there.y + there.height / 2 - here.y - here.height / 2);
    };
    section.addEventListener("click", (event) => {
      if (event.target.closest("button")) return;
      keep(find(event));
      bring(kept);
    });
    section.addEventListener("keydown", (event) => {
      const one = find(event);
      if (one && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        keep(one);
      } else if (event.key === "Escape") {
        pointed = null;
        keep(null);
      }
    });
    // Larger and smaller, up to the size in which the picture was drawn and half as much again: the middle of what is
    // seen stays where it is. Words too small to be read are no more than dust upon the colours.
    const zoom = section.querySelector(".zoom");
    if (zoom) {
      zoom.parentElement.hidden = false;
      const picture = frame.querySelector("svg");
      const { width: drawn, height: deep } = picture.viewBox.baseVal;
      // A sheet of paper is 190 by 230 mm.
      frame.classList.toggle("tiny", Math.min(718 / drawn, 869 / deep) < 0.32);
      const times = (size) => 1.5 ** size;
      let size = 0;
      const fit = () => {
        frame.dataset.size = size;
        const scale = (frame.clientWidth * times(size)) / drawn;
        frame.classList.toggle("far", scale < 0.32);
        frame.classList.toggle("farther", scale < 0.2);
      };
      new ResizeObserver(fit).observe(frame);
      zoom.addEventListener("click", (event) => {
        const step = event.target.closest("button")?.dataset.zoom;
        if (step === undefined) return;
        const middle = (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth;
        const height = (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight;
        // The style knows nine sizes.
        const most = Math.ceil(Math.log((1.5 * drawn) / frame.clientWidth) / Math.log(1.5));
        size = step === "0" ? 0 : Math.min(Math.max(5, most), 9, Math.max(0, size + Number(step)));
        fit();
        frame.scrollLeft = middle * frame.scrollWidth - frame.clientWidth / 2;
        frame.scrollTop = height * frame.scrollHeight - frame.clientHeight / 2;
      });
    }
  }
  speak();
})();
