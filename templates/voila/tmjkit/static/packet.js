/* Drags an exhibit to another place with mouse or finger. The buttons of each row do the same;
   the kernel is told two places, puts the exhibit there and says so in the notice. */
"use strict";

(() => {
  let drag = null;

  const clear = () => {
    for (const row of document.querySelectorAll(".tmj-exhibit")) {
      row.classList.remove("tmj-dragging", "tmj-drop-before", "tmj-drop-after");
    }
  };

  const placeAt = (rows, y) => {
    const found = rows.findIndex((row) => {
      const area = row.getBoundingClientRect();
      return y < area.top + area.height / 2;
    });
    return found === -1 ? rows.length : found;
  };

  const begin = (event) => {
    const handle = event.target.closest?.(".tmj-drag");
    const row = handle?.closest(".tmj-exhibit");
    const order = row?.closest(".tmj-order");
    if (!order || event.button > 0) return;
    event.preventDefault();
    const rows = [...order.querySelectorAll(".tmj-exhibit")];
    drag = { order, rows, from: rows.indexOf(row), gap: null, pointer: event.pointerId };
    row.classList.add("tmj-dragging");
  };

  const move = (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    event.preventDefault();
    drag.gap = placeAt(drag.rows, event.clientY);
    drag.rows.forEach((row, place) => {
      row.classList.toggle("tmj-drop-before", place === drag.gap);
      row.classList.toggle("tmj-drop-after", drag.gap === drag.rows.length && place === drag.gap - 1);
    });
  };

  const end = (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { order, from, gap } = drag;
    drag = null;
    clear();
    if (gap === null || event.type === "pointercancel") return;
    const to = gap > from ? gap - 1 : gap;
    const field = order.querySelector(".tmj-dragged input");
    if (to === from || !field) return;
    field.value = `${from}>${to}`;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  };

  const stop = (event) => {
    if (drag && event.key === "Escape") {
      drag = null;
      clear();
    }
  };

  addEventListener("pointerdown", begin);
  addEventListener("pointermove", move, { passive: false });
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
  addEventListener("keydown", stop);
})();
