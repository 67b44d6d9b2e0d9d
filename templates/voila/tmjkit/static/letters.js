/* Says to a screen reader what the letter's own scroll area is. */
"use strict";

(() => {
  const name = () => {
    for (const area of document.querySelectorAll(".tmj-paper-scroll:not([role])")) {
      area.setAttribute("role", "region");
      area.setAttribute("aria-label", "The letter as it will be printed");
      area.setAttribute("tabindex", "0");
    }
  };
  const start = () => {
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
    name();
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
