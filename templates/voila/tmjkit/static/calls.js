/* Logging a call by keyboard: Alt+Shift+L or the link of the navigation opens the form wherever
   one is, Enter goes on, Ctrl+Enter saves, Escape closes. Nothing that is typed is read here. */
"use strict";

(() => {
  const TRIES = 20;
  const AGAIN = 50;
  const FIELDS = "input:not([type=hidden]), textarea, select";

  const seen = (node) => node && node.offsetParent !== null;
  const drawer = () => [...document.querySelectorAll(".tmj-quick")].find((one) => one.offsetHeight);

  let back = null;
  const open = () => {
    const press = () => {
      const made = document.querySelector(".tmj-quick-open");
      made?.click();
      return Boolean(made);
    };
    /* On the case's page it stands in a panel, which is made when it is opened. */
    const toggle = document.querySelector(".tmj-panel--calls .tmj-toggle");
    back = document.activeElement;
    if (toggle && !toggle.classList.contains("tmj-open")) toggle.click();
    if (press()) return true;
    if (!toggle) return false;
    const waiting = new MutationObserver(() => {
      if (press()) waiting.disconnect();
    });
    waiting.observe(document.getElementById("content"), { childList: true, subtree: true });
    return true;
  };

  const first = (place) =>
    place.querySelector(".tmj-quick-search input") ||
    place.querySelector('.tmj-quick-form [class*="--who"] input') ||
    place.querySelector(".tmj-quick-found .tmj-button") ||
    place.querySelector(".tmj-quick-offers .tmj-button");

  /* The cursor goes to the first field once, when another stage of the form appears. */
  let stage = null;
  const look = () => {
    const place = drawer();
    if (!place) {
      if (stage && back && seen(back)) back.focus({ preventScroll: true });
      stage = null;
      return;
    }
    if (place.getAttribute("role") !== "dialog") {
      place.setAttribute("role", "dialog");
      place.setAttribute("aria-label", "Log a call");
    }
    const field = first(place);
    /* Whoever loses the place in the page while the form stands over it gets it back. */
    if (field && (field !== stage || document.activeElement === document.body)) {
      stage = field;
      reach(field, TRIES);
    }
  };

  /* A widget that has just come may not be laid out yet, and then takes no focus. */
  const reach = (field, tries) => {
    field.focus();
    if (document.activeElement !== field && tries && stage === field) {
      setTimeout(() => reach(field, tries - 1), AGAIN);
    }
  };

  const next = (field, place) => {
    const all = [...place.querySelectorAll(`${FIELDS}, .tmj-form .tmj-primary`)].filter(seen);
    all[all.indexOf(field) + 1]?.focus();
  };

  const key = (event) => {
    if (event.altKey && event.shiftKey && !event.ctrlKey && event.code === "KeyL") {
      if (open()) event.preventDefault();
      return;
    }
    const place = drawer();
    if (!place || !place.contains(event.target)) return;
    if (event.key === "Escape") {
      place.querySelector(".tmj-quick-close")?.click();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const save = place.querySelector(".tmj-quick-form .tmj-form .tmj-primary");
      if (!save) return;
      event.preventDefault();
      event.stopPropagation();
      event.target.blur?.();
      save.focus();
      save.click();
    } else if (
      event.key === "Enter" &&
      !event.shiftKey &&
      !event.isComposing &&
      event.target.matches(FIELDS) &&
      event.target.closest(".tmj-quick-form")
    ) {
      event.preventDefault();
      next(event.target, place);
    }
  };

  const follow = (event) => {
    const link = event.target.closest?.('a[data-tmj-page="call"]');
    if (!link || event.ctrlKey || event.metaKey || event.button) return;
    if (open()) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const start = () => {
    const content = document.getElementById("content");
    new MutationObserver(look).observe(content, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["class", "style"],
    });
    addEventListener("keydown", key, true);
    addEventListener("click", follow, true);
    const link = document.querySelector('a[data-tmj-page="call"]');
    if (link) {
      link.title = "Log a call (Alt+Shift+L)";
      link.setAttribute("aria-keyshortcuts", "Alt+Shift+L");
    }
    if (location.hash === "#log-a-call") {
      const waiting = new MutationObserver(() => {
        if (document.querySelector(".tmj-quick-open, .tmj-panel--calls .tmj-toggle")) {
          waiting.disconnect();
          open();
        }
      });
      waiting.observe(content, { childList: true, subtree: true });
    }
  };

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
