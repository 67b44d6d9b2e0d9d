/* Buttons that stand in a table of ours ask the kernel for a record's form, and the field that the
   kernel names is brought into view. Only opaque ids and names of fields pass through here. */
"use strict";

(() => {
  const NAME = /^[a-z0-9_-]+$/;
  let turn = 0;
  const shown = new WeakMap();

  /* A hidden text input of ipywidgets carries the wish to the kernel. */
  const ask = (opener, wish) => {
    const input = opener.querySelector(".tmj-wish input");
    if (!input) return;
    turn += 1;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    set.call(input, `${wish} ${turn}`);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const reveal = () => {
    for (const one of document.querySelectorAll("button[data-tmj-opens][hidden]")) one.hidden = false;
    for (const place of document.querySelectorAll("[data-tmj-field]")) {
      const wish = place.dataset.tmjField;
      const holder = place.closest(".tmj-opener");
      if (!holder || shown.get(holder) === place.dataset.tmjTurn || !NAME.test(wish)) continue;
      const input = document.querySelector(`.tmj-kept--${wish} :is(input, select, textarea)`);
      if (!input) continue;
      shown.set(holder, place.dataset.tmjTurn);
      input.scrollIntoView({ block: "center" });
      input.focus({ preventScroll: true });
    }
  };

  const press = (event) => {
    const one = event.target.closest?.("button[data-tmj-opens]");
    const opener = one?.closest(".tmj-panel-body")?.querySelector(".tmj-opener");
    if (opener) ask(opener, one.dataset.tmjOpens);
  };

  const start = () => {
    const content = document.getElementById("content");
    new MutationObserver(reveal).observe(content, { childList: true, subtree: true });
    content.addEventListener("click", press);
    reveal();
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
