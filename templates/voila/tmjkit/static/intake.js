/* The interview with a new patient: tells screen readers its language, brings the cursor to each
   new question, and lets Enter go on. Nothing of what is typed is kept here. */
"use strict";

(() => {
  const CONTROLS = "input, select, textarea";
  let asked = "";

  const mark = (page) => {
    const name = [...page.classList].find((one) => one.startsWith("tmj-lang--"));
    const code = name ? name.slice("tmj-lang--".length) : "";
    if (/^[a-z]{2}$/.test(code) && page.lang !== code) page.lang = code;
    for (const button of page.querySelectorAll(".tmj-language")) {
      const own = [...button.classList].find((one) => one.startsWith("tmj-language--"));
      button.lang = own.slice("tmj-language--".length);
      const pressed = String(button.classList.contains("tmj-chosen"));
      if (button.getAttribute("aria-pressed") !== pressed) {
        button.setAttribute("aria-pressed", pressed);
      }
    }
  };

  const look = () => {
    const page = document.querySelector(".tmj-intake");
    if (!page) return;
    mark(page);
    const question = page.querySelector(".tmj-asking");
    const title = question?.querySelector(".tmj-asks");
    const first = question?.querySelector(`.tmj-form :is(${CONTROLS})`);
    if (!question) {
      /* After the last question the cursor goes to what was found. */
      const found = page.querySelector(".tmj-first-finding h2");
      if (found && asked && asked !== "found") {
        found.tabIndex = -1;
        found.focus();
        asked = "found";
      }
      return;
    }
    if (!title || !first) return; /* widgets appear one after the other */
    const key = [...question.classList].find((one) => one.startsWith("tmj-asking--"));
    question.setAttribute("role", "group");
    if (question.getAttribute("aria-label") !== title.textContent) {
      question.setAttribute("aria-label", title.textContent);
    }
    if (key !== asked) {
      asked = key;
      first.focus();
    }
  };

  const onKey = (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const control = event.target;
    if (!control.matches?.(".tmj-asking :is(input, select)")) return;
    event.preventDefault();
    control.closest(".tmj-asking").querySelector(".tmj-next")?.click();
  };

  const start = () => {
    const content = document.getElementById("content");
    new MutationObserver(look).observe(content, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["class"],
    });
    /* Before the widgets, which let no key of their inputs out. */
    content.addEventListener("keydown", onKey, true);
    look();
  };

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
