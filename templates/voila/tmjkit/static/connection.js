/* Notices within seconds that a page's kernel died or that the server does not answer, and brings
   back what was typed: it is handed to the server's memory, the page opens again, and each field
   gets its words back. Fields are known by a class of ours, tmj-kept--<form>--<field>; nothing
   else of the page is read. */
"use strict";

(() => {
  const { base, xsrf, kernelId, leave, close, unsaved, tellUsed } = window.tmjkit;
  const POLL = 5000;
  const PATIENCE = 10000; /* an answer that takes longer is none */
  const TRUST = 20000; /* after a longer silence the kernel's socket may be lost: open anew */
  const SEARCH = 60000;
  const GOOD_NEWS = 15000;
  const OPENINGS = 3;
  const WITHIN = 120000;
  const MARK = "tmj-kept--";
  const CONTROLS = "input:not([type=file]):not([type=hidden]), textarea, select";

  let box;
  let silentSince = 0;
  let busy = false;
  let ended = false;

  /* The page's own name on the server: its address and this tab, as a number that says nothing. */
  const tab = () => {
    let name = sessionStorage.getItem("tmj-tab");
    if (!name) {
      const random = crypto.getRandomValues(new Uint32Array(4));
      name = Array.from(random, (one) => one.toString(16).padStart(8, "0")).join("");
      sessionStorage.setItem("tmj-tab", name);
    }
    return name;
  };
  const digest = (text) => {
    let a = 0x811c9dc5;
    let b = 0x01000193;
    for (let at = 0; at < text.length; at += 1) {
      a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
      b = Math.imul(b ^ text.charCodeAt(at), 0x85ebca6b) + at;
    }
    return [a, b].map((one) => (one >>> 0).toString(16).padStart(8, "0")).join("");
  };
  const place = () => `${base()}kept?page=${tab()}${digest(location.pathname + location.search)}`;

  const ask = (address, options = {}) =>
    fetch(address, {
      ...options,
      headers: { "X-XSRFToken": xsrf(), ...options.headers },
      signal: AbortSignal.timeout(PATIENCE),
    });

  const say = (words, css = "") => {
    box.className = `tmj-connection ${css}`;
    box.replaceChildren();
    if (words) {
      const line = document.createElement("p");
      line.textContent = words;
      box.append(line);
      /* Good news needs no place for long. */
      if (!css) setTimeout(() => line.isConnected && say(""), GOOD_NEWS);
    }
  };

  /* Every control that is to be kept, with its class and its number among those of the class. */
  const controls = () => {
    const seen = new Map();
    const found = [];
    for (const holder of document.querySelectorAll(`[class*="${MARK}"]`)) {
      const name = Array.from(holder.classList).find((one) => one.startsWith(MARK));
      if (!name || !/^[a-z0-9._-]+$/.test(name)) continue;
      for (const control of holder.querySelectorAll(CONTROLS)) {
        const number = seen.get(name) || 0;
        seen.set(name, number + 1);
        found.push({ name, number, control });
      }
    }
    return found;
  };
  const isBox = (control) => control.type === "checkbox" || control.type === "radio";

  /* Only what somebody typed here and the kernel had not saved: the rest may have been changed by
     somebody else since. */
  const touched = new Set();
  let filling = false;
  const touch = (event) => {
    if (!filling) touched.add(event.target);
  };
  const open = new WeakSet();
  const letGo = () => {
    for (const form of document.querySelectorAll(".tmj-form")) {
      const waits = form.querySelector(".tmj-unsaved") !== null;
      if (waits) open.add(form);
      else if (open.delete(form)) {
        for (const control of touched) if (form.contains(control)) touched.delete(control);
      }
    }
  };

  const collect = () =>
    controls()
      .filter(({ control }) => touched.has(control))
      .map(({ name, number, control }) => ({
        name,
        number,
        value: isBox(control) ? control.checked : control.value,
      }));

  const fill = (control, value) => {
    if (isBox(control)) {
      if (control.checked !== value) control.click();
      return;
    }
    if (control.value === value) return;
    control.value = value;
    for (const name of ["input", "change"]) {
      control.dispatchEvent(new Event(name, { bubbles: true }));
    }
  };

  const tooOften = () => {
    const since = Date.now() - WITHIN;
    const times = JSON.parse(sessionStorage.getItem("tmj-openings") || "[]");
    const late = times.filter((time) => time > since);
    sessionStorage.setItem("tmj-openings", JSON.stringify([...late, Date.now()]));
    return late.length >= OPENINGS;
  };

  /* To be read and copied from, and no more to be typed into. */
  const freeze = (content) => {
    for (const control of content.querySelectorAll(CONTROLS)) {
      if (isBox(control) || control.tagName === "SELECT") control.disabled = true;
      else control.readOnly = true;
    }
  };

  /* Keeps what was typed; false where this page stays, as nothing is kept or opening does not help. */
  const handOver = async (content) => {
    const fields = collect();
    const typed = unsaved();
    if (fields.length > 0) {
      const body = JSON.stringify(fields);
      const headers = { "Content-Type": "application/json" };
      const answer = await ask(place(), { method: "POST", body, headers });
      if (!answer.ok) {
        say(
          "This page lost its connection, and what you typed could not be kept. Copy it from " +
            "here, then load the page again.",
          "tmj-lost",
        );
        return false;
      }
    } else if (typed && !document.querySelector(".tmj-form .tmj-unsaved")) {
      /* What stands in a form of ours is a draft already. */
      say(
        "This page lost its connection. Copy what is not saved yet, then load the page again.",
        "tmj-lost",
      );
      return false;
    }
    if (tooOften()) {
      freeze(content);
      say(
        "This page lost its connection several times. What you typed is kept for an hour, and " +
          "no more can be typed here. Load the page again later. If that does not help, copy " +
          "what is not saved yet, then restart tmjkit.",
        "tmj-lost",
      );
      return false;
    }
    return true;
  };

  const openAgain = async () => {
    /* What is typed while it is handed over would not be taken along: the page takes nothing. */
    const content = document.getElementById("content");
    content.inert = true;
    let again = false;
    try {
      again = await handOver(content);
      ended = true;
    } finally {
      /* Where it stays open, for another try or for good, people must be able to copy from it. */
      if (!again) content.inert = false;
    }
    if (!again) return;
    say("This page lost its connection. What you typed is kept; the page opens again …");
    leave();
    location.reload();
  };

  const signedOut = () => {
    ended = true;
    if (!unsaved()) {
      close();
      return;
    }
    say(
      "tmjkit was started anew, and this page does not belong to it any more. Copy what is not " +
        "saved yet, then open the new link.",
      "tmj-lost",
    );
  };

  const silence = () => {
    if (!silentSince) silentSince = Date.now();
    say(
      "tmjkit does not answer. What you typed stays here; please wait before you go on. This " +
        "page tries again every few seconds.",
      "tmj-away",
    );
  };

  const poll = async () => {
    const id = kernelId();
    if (busy || ended || !id || document.body.classList.contains("tmj-loading")) return;
    busy = true;
    const given = tellUsed();
    try {
      const body = new URLSearchParams({ _xsrf: xsrf(), used: given ? "1" : "0" });
      const answer = await ask(`${base()}awake/${id}`, { method: "POST", body });
      if (answer.status === 404) await openAgain();
      else if (answer.status === 403) signedOut();
      else if (!answer.ok) silence();
      else if (silentSince && Date.now() - silentSince > TRUST) await openAgain();
      else if (silentSince) {
        silentSince = 0;
        say("tmjkit answers again.");
      }
    } catch {
      silence();
    } finally {
      busy = false;
    }
  };

  /* What could not be put back is shown, so that it can be copied: nothing typed is lost. */
  const showRest = (rest) => {
    const words = rest.map((field) => field.value).filter((one) => typeof one === "string" && one);
    if (words.length === 0) return;
    say("Some of what you typed found no field any more. It was:", "tmj-lost");
    const list = document.createElement("ul");
    for (const one of words) {
      const item = document.createElement("li");
      item.textContent = one;
      list.append(item);
    }
    const done = document.createElement("button");
    done.type = "button";
    done.className = "tmj-button";
    done.textContent = "I have it";
    done.addEventListener("click", () => say(""));
    box.append(list, done);
  };

  const restore = async () => {
    const answer = await ask(place());
    if (answer.status !== 200) return;
    const from = place();
    let rest = await answer.json();
    let finished = false;
    let observer;
    const finish = () => {
      if (finished) return;
      finished = true;
      observer.disconnect();
      if (rest.length > 0) showRest(rest);
      else say("This page had lost its connection. What you typed is back.");
      ask(from, { method: "DELETE" }).catch(() => {});
    };
    const look = () => {
      const here = new Map(controls().map((one) => [`${one.name} ${one.number}`, one.control]));
      rest = rest.filter((field) => {
        const control = here.get(`${field.name} ${field.number}`);
        /* A choice that is not offered yet may come with another field's answer. */
        if (!control) return true;
        filling = true;
        fill(control, field.value);
        filling = false;
        touched.add(control);
        return !isBox(control) && control.value !== field.value;
      });
      if (rest.length === 0) finish();
    };
    observer = new MutationObserver(look);
    /* A widget gets its classes only once it is in the page. */
    observer.observe(document.getElementById("content"), {
      childList: true,
      subtree: true,
      attributeFilter: ["class"],
    });
    setTimeout(finish, SEARCH);
    look();
  };

  const start = () => {
    box = document.createElement("div");
    box.id = "tmj-connection";
    box.className = "tmj-connection";
    box.setAttribute("role", "status");
    document.body.append(box);
    const idle = Number(document.body.dataset.idleSeconds) * 1000;
    for (const name of ["input", "change"]) addEventListener(name, touch, true);
    new MutationObserver(letGo).observe(document.getElementById("content"), {
      childList: true,
      subtree: true,
    });
    setInterval(poll, Math.min(POLL, idle / 4));
    addEventListener("online", poll);
    document.addEventListener("visibilitychange", () => document.hidden || poll());
    restore().catch(() => {});
  };

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
