/* Comfort on the worklist: Alt+Shift+S goes to the search, a heading sorts, and the keyboard's place is
   kept when the list is drawn anew. Everything is done by the page's own widgets. */
"use strict";

(() => {
  const search = () => document.querySelector(".tmj-worklist-search input");
  /* What had the focus in the table, by something that is still true of the next table. */
  let place = "";
  const placeOf = (element) => {
    if (!(element instanceof Element) || !element.closest(".tmj-cases")) return "";
    if (element.dataset.tmjSortBy) return `button[data-tmj-sort-by="${element.dataset.tmjSortBy}"]`;
    const address = element.getAttribute("href") || "";
    return /^case\.ipynb\?case=[a-z0-9-]+$/.test(address) ? `a[href="${address}"]` : "";
  };

  const sort = (key) => {
    const select = document.querySelector(".tmj-filter-sort select");
    const head = document.querySelector(`.tmj-cases th[data-tmj-sort="${key}"]`);
    if (!select || !head) return;
    const now = head.getAttribute("aria-sort");
    /* By day of saving the newest is wanted first, by all else the earliest or A. */
    const first = key === "saved" ? "descending" : "ascending";
    const way = now ? (now === "ascending" ? "descending" : "ascending") : first;
    const order = { due: 0, name: 2, payer: 4, saved: 6 }[key];
    const second = way !== first;
    select.selectedIndex = order + (second ? 1 : 0);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const dress = () => {
    const table = document.querySelector(".tmj-cases");
    if (!table) return;
    for (const head of table.querySelectorAll("th[data-tmj-sort]:not([data-tmj-dressed])")) {
      head.dataset.tmjDressed = "1";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tmj-sorter";
      button.dataset.tmjSortBy = head.dataset.tmjSort;
      button.textContent = head.textContent;
      head.replaceChildren(button);
    }
    if (place && document.activeElement === document.body) {
      table.querySelector(place)?.focus({ preventScroll: true });
    }
  };

  const start = () => {
    const content = document.getElementById("content");
    new MutationObserver(dress).observe(content, { childList: true, subtree: true });
    content.addEventListener("focusin", (event) => {
      place = placeOf(event.target);
    });
    content.addEventListener("click", (event) => {
      const button = event.target.closest?.("button[data-tmj-sort-by]");
      if (button) sort(button.dataset.tmjSortBy);
    });
    addEventListener("keydown", (event) => {
      /* Not a letter alone: who speaks to the computer would set it off by a word. */
      if (event.code !== "KeyS" || !event.altKey || !event.shiftKey || event.ctrlKey) return;
      const field = search();
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
    dress();
  };

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
