/* No click overtakes what was typed. Widgets hold back what is typed fast, and a click on Save would
   come to the kernel before the last letters. Each form tells a number made of what the kernel has
   got (tmjkit/dashboards/typed.py); a click waits until it is that of the inputs on the page.
   What is typed is only counted here, and not kept. */
"use strict";

(() => {
  const MARK = "tmj-kept--";
  const CONTROL = "input:not([type=hidden]), textarea, select";
  const PRESSED = "button, a[href]:not([download]):not([target])";
  const STEP = 30;
  const SOON = 3000;
  const LONG = 30000;

  /* Adler-32 of the text's UTF-16 code units, as `digest` has it. */
  const digest = (words) => {
    let low = 1;
    let high = 0;
    for (let at = 0; at < words.length; at += 1) {
      const unit = words.charCodeAt(at);
      for (const byte of [unit & 255, unit >> 8]) {
        low = (low + byte) % 65521;
        high = (high + low) % 65521;
      }
    }
    return high * 65536 + low;
  };

  const shown = (control) => {
    if (control.type === "checkbox") return control.checked ? "1" : "0";
    if (control.matches("select")) return String(control.selectedIndex);
    if (control.type === "number") return String(Number(control.value));
    return control.value;
  };

  const hasCome = (told) => {
    let sum = 0;
    const form = told.closest(".tmj-form, .tmj-typing");
    for (const holder of form?.querySelectorAll(`[class*="${MARK}"]`) || []) {
      const name = Array.from(holder.classList).find((one) => one.startsWith(MARK));
      const control = holder.querySelector(CONTROL);
      if (control) sum += digest(`${name}=${shown(control)}`);
    }
    return Number(told.dataset.tmjTyped) === sum;
  };
  const allHasCome = () => [...document.querySelectorAll("[data-tmj-typed]")].every(hasCome);

  let box = null;
  const say = (words) => {
    if (!box) {
      box = document.createElement("div");
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    if (box.textContent === words) return;
    box.className = words ? "tmj-connection tmj-away" : "tmj-connection";
    box.replaceChildren();
    if (!words) return;
    const line = document.createElement("p");
    line.textContent = words;
    box.append(line);
  };

  /* What was pressed and waits, in its order. */
  let waiting = [];
  let since = 0;
  let letting = false;
  const refused = new WeakSet();

  const press = () => {
    const pressed = waiting;
    waiting = [];
    say("");
    letting = true;
    for (const one of pressed) if (one.isConnected) one.click();
    letting = false;
  };

  const wait = () => {
    if (waiting.length === 0) return;
    const passed = Date.now() - since;
    if (allHasCome()) press();
    else if (passed > LONG) {
      /* Pressed once more it goes through: nobody is to be shut out by a number. */
      for (const one of waiting) refused.add(one);
      waiting = [];
      say("What you typed last has not arrived yet, so nothing was done. Wait, then press again.");
    } else {
      if (passed > SOON) say("What you typed is still on its way; then it goes on.");
      setTimeout(wait, STEP);
    }
  };

  const onClick = (event) => {
    const pressed = event.target.closest?.(PRESSED);
    if (letting || !pressed?.closest("#content, .tmj-top")) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (waiting.length === 0 && (refused.has(pressed) || allHasCome())) {
      refused.delete(pressed);
      say("");
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!waiting.includes(pressed)) waiting.push(pressed);
    if (waiting.length === 1) {
      since = Date.now();
      setTimeout(wait, STEP);
    }
  };

  /* At once and on the window: before whatever else listens. */
  addEventListener("click", onClick, true);
})();
