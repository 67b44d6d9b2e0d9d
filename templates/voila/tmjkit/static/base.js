/* What a page of tmjkit does in the browser besides its widgets: it shows itself when it is ready,
   notes that somebody uses it, warns before it closes for idleness, and ends its kernel
   when it goes. No value of a case is read or kept here. */
"use strict";

(() => {
  const WARN_SECONDS = 120;

  let used = true;
  let lastUse = Date.now();
  let closing = false;

  /* Voila calls these; its stock template defines them in the page. */
  window.voila_heartbeat = () => {};
  window.voila_process = () => {};
  window.update_loading_text = () => {};
  window.display_cells = () => {
    if (!window.themeLoaded) {
      window.cellLoaded = true;
      return;
    }
    document.body.classList.remove("tmj-loading");
    lastUse = Date.now();
    document.getElementById("tmj-progress")?.remove();
  };
  window.voila_finish = window.display_cells;

  const setting = () => document.body.dataset;
  const base = () => setting().baseUrl;
  /* Of two cookies of the name, which another server on this host can cause, the server takes the
     last. */
  const xsrf = () =>
    Array.from(document.cookie.matchAll(/(?:^|; )_xsrf=([^;]*)/g), (one) => one[1]).pop() || "";
  const unsaved = () => document.querySelector(".tmj-unsaved") !== null;

  const kernelId = () => {
    const config = document.getElementById("jupyter-config-data");
    return config ? JSON.parse(config.textContent).kernelId : "";
  };

  const form = (values) => {
    const data = new URLSearchParams({ _xsrf: xsrf(), ...values });
    return data;
  };

  const close = () => {
    if (closing) return;
    closing = true;
    /* Emptied first: the next page may take a moment, or never come. */
    document.getElementById("content").replaceChildren();
    document.title = "Closed · tmjkit";
    const back = encodeURIComponent(location.pathname + location.search);
    location.replace(`${base()}closed?back=${back}`);
  };

  const warn = (secondsLeft) => {
    const box = document.getElementById("tmj-warning");
    const minutes = Math.max(1, Math.round(secondsLeft / 60));
    const words = minutes === 1 ? "1 minute" : `${minutes} minutes`;
    const save = unsaved() ? " What you typed and did not save is kept as a draft." : "";
    document.getElementById("tmj-warning-text").textContent =
      `Nobody has used this page for a while. It closes in ${words}.${save}`;
    if (box.hidden) {
      box.hidden = false;
      document.getElementById("tmj-stay").focus();
    }
  };

  const use = () => {
    used = true;
    lastUse = Date.now();
    const box = document.getElementById("tmj-warning");
    if (box && !box.hidden) box.hidden = true;
  };

  const watch = () => {
    if (closing || document.body.classList.contains("tmj-loading")) return;
    const idle = (Date.now() - lastUse) / 1000;
    const limit = Number(setting().idleSeconds);
    if (idle >= limit) close();
    else if (limit - idle <= Math.min(WARN_SECONDS, limit / 2)) warn(limit - idle);
  };

  /* What the other scripts need of this one. */
  window.tmjkit = Object.freeze({
    base,
    xsrf,
    kernelId,
    unsaved,
    close,
    leave: () => {
      closing = true;
    },
    /* Whether somebody used the page since this was asked last. */
    tellUsed: () => {
      const was = used;
      used = false;
      return was;
    },
  });

  /* What widgets put into the page: news to be read out, the case for the address, a download. */
  const look = () => {
    const news = document.querySelector(".tmj-notice")?.textContent || "";
    const live = document.getElementById("tmj-live");
    if (live.textContent !== news) live.textContent = news;

    const id = document.querySelector("[data-tmj-case]")?.dataset.tmjCase || "";
    if (/^case-[a-z0-9-]{1,64}$/.test(id)) {
      const address = new URL(location.href);
      if (address.searchParams.get("case") !== id) {
        address.searchParams.set("case", id);
        history.replaceState(null, "", address);
      }
    }
    const link = document.querySelector("a[data-tmj-download]");
    if (link) {
      link.removeAttribute("data-tmj-download");
      link.click();
    }
  };

  /* Panels of the page: opened by their title, by a link, by the address, or by the kernel. */
  const panel = (key) => (/^[a-z0-9-]+$/.test(key) ? document.querySelector(`.tmj-panel--${key}`) : null);

  /* The focus moves a frame later: the key that was pressed on a link would go on to press the
     title, which would close what has just been opened. */
  const focus = (element) => requestAnimationFrame(() => element.focus({ preventScroll: true }));

  /* Whether the part that the address names was opened, or somebody went to another. */
  let arrived = false;
  const show = (key, toForm = false) => {
    const found = panel(key);
    const toggle = found?.querySelector(".tmj-toggle");
    if (!toggle) return false;
    const field = found.querySelector(".tmj-form :is(input, select, textarea)");
    if (toForm && !field) return false;
    /* Before the click: until it is answered the part looks closed, and is not to be clicked again. */
    arrived = true;
    if (!toggle.classList.contains("tmj-open")) toggle.click();
    (toForm ? field.closest(".tmj-form") : found).scrollIntoView();
    focus(toForm ? field : toggle);
    if (location.hash !== `#${key}`) history.replaceState(null, "", `#${key}`);
    return true;
  };

  let shown = "";
  const lookAtPanels = () => {
    for (const toggle of document.querySelectorAll(".tmj-toggle")) {
      const open = String(toggle.classList.contains("tmj-open"));
      if (toggle.getAttribute("aria-expanded") !== open) toggle.setAttribute("aria-expanded", open);
      const head = toggle.closest(".tmj-h2");
      if (head && !head.hasAttribute("role")) {
        head.setAttribute("role", "heading");
        head.setAttribute("aria-level", "2");
      }
    }
    const wish = [...(document.querySelector(".tmj-notice-box")?.classList || [])].find((name) =>
      name.startsWith("tmj-go--"),
    );
    if (wish && wish !== shown) {
      /* Widgets appear one after the other: the panel may not be there yet. */
      const [, key, , place] = wish.split("--");
      if (show(key, place === "form")) shown = wish;
    }
    if (!arrived && location.hash && document.querySelector(".tmj-toggle")) {
      show(location.hash.slice(1));
    }
  };

  const follow = (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && show(link.getAttribute("href").slice(1))) event.preventDefault();
  };

  const start = () => {
    window.voila_finish();
    const content = document.getElementById("content");
    const observed = { childList: true, subtree: true };
    new MutationObserver(look).observe(content, observed);
    new MutationObserver(lookAtPanels).observe(content, {
      ...observed,
      attributes: true,
      attributeFilter: ["class"],
    });
    content.addEventListener("click", follow);
    look();
    lookAtPanels();
    const limit = Number(setting().idleSeconds);
    for (const name of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"]) {
      addEventListener(name, use, { passive: true, capture: true });
    }
    document.getElementById("tmj-stay").addEventListener("click", use);
    setInterval(watch, Math.min(5000, (limit * 1000) / 8));
  };

  /* Voila ends the kernel when the page is about to go; but whoever is asked first whether to
     leave unsaved work, and stays, still needs it. So the question comes before Voila hears of it,
     and the kernel ends when the page really goes. */
  addEventListener("beforeunload", (event) => {
    if (!closing && unsaved()) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  });
  addEventListener("pagehide", () => {
    const id = kernelId();
    if (id) navigator.sendBeacon(`${base()}voila/api/shutdown/${id}`, form({}));
  });
  /* Taken out of the browser's memory by its Back button, the page has no kernel any more. */
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
