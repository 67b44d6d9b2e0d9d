/* Words that are selected in the text of a page go into the field for a quote. Nothing is kept. */
"use strict";

(() => {
  const REST = 300;
  let waiting = 0;

  const take = () => {
    const chosen = getSelection();
    const words = chosen.toString().trim();
    const place = chosen.anchorNode?.parentElement?.closest(".tmj-page-text");
    if (!words || !place || !place.contains(chosen.focusNode)) return;
    const field = place.closest(".tmj-page-view")?.querySelector(".tmj-quote-words textarea");
    if (!field || field.value === words) return;
    field.value = words;
    /* The widget hears of it as of typing. */
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  };

  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(take, REST);
  });

  /* An opened document is brought into view: the list above it can be long. */
  let seen = null;
  const look = () => {
    const opened = document.querySelector(".tmj-page-view");
    if (opened && opened !== seen) {
      opened.scrollIntoView({ block: "start" });
      opened.querySelector(".tmj-page-head .tmj-button")?.focus({ preventScroll: true });
    }
    seen = opened;
  };
  const start = () =>
    new MutationObserver(look).observe(document.getElementById("content"), {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["class"], /* a widget's classes come after it */
    });

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
