/* Sends chosen files to the server, one after the other, with a bar that moves; then tells the
   page's kernel where each lies. The file's name goes to the kernel only. */
"use strict";

(() => {
  const { base, xsrf } = window.tmjkit;
  const queues = new WeakMap(); /* field -> what waits, what is sent */

  const words = {
    400: "the file is empty.",
    503: "too many files are on their way. Try again in a minute.",
    507: "the disk of the machine that runs tmjkit is full. Make room there, then try again.",
  };

  const parts = (field) => ({
    input: field.querySelector(".tmj-file"),
    sending: field.querySelector(".tmj-sending"),
    name: field.querySelector(".tmj-sending-name"),
    bar: field.querySelector(".tmj-bar"),
    percent: field.querySelector(".tmj-percent"),
    cancel: field.querySelector(".tmj-upload-cancel"),
    news: field.querySelector(".tmj-upload-news"),
    again: field.querySelector(".tmj-upload-again"),
  });

  const queueOf = (field) => {
    if (!queues.has(field)) queues.set(field, { waiting: [], request: null, failed: [] });
    return queues.get(field);
  };

  const add = (field, text, css) => {
    const line = document.createElement("p");
    line.className = css;
    line.textContent = text;
    parts(field).news.append(line);
  };
  const refuse = (field, file, why) =>
    add(field, `${file.name} was not taken: ${why}`, "tmj-upload-refused");

  const show = (field, share) => {
    const { bar, percent } = parts(field);
    const full = Math.floor(share * 100);
    bar.setAttribute("aria-valuenow", String(full));
    bar.firstElementChild.style.width = `${full}%`;
    percent.textContent = `${full} %`;
  };

  /* What can be seen before a byte is sent; an empty text when nothing is wrong. */
  const wrong = (field, file) => {
    const { limit, limitWords, endings } = field.dataset;
    if (file.size === 0) return words[400];
    if (file.size > Number(limit)) return `it is larger than ${limitWords}.`;
    const known = endings.split(",");
    const name = file.name.toLowerCase();
    if (/\.(heic|heif)$/.test(name)) return ""; /* the kernel has better words for it */
    if (!known.some((ending) => name.endsWith(ending))) {
      return `files of this kind can't be taken here. ${known.join(", ")} can.`;
    }
    return "";
  };

  const whyRefused = (field, status) =>
    status === 413 ? `it is larger than ${field.dataset.limitWords}.` : words[status] || "";

  /* Ask before sending: an answer in the middle of a sending is lost in some browsers. */
  const mayCome = async (field, file) => {
    const queue = queueOf(field);
    queue.request = new AbortController();
    const { signal } = queue.request;
    try {
      return (await fetch(`${base()}uploads?bytes=${file.size}`, { signal })).status;
    } catch {
      return signal.aborted ? -1 : 0;
    } finally {
      queue.request = null;
    }
  };

  const send = (field, file) =>
    new Promise((resolve) => {
      const queue = queueOf(field);
      const request = new XMLHttpRequest();
      queue.request = request;
      const end = (result) => {
        queue.request = null;
        resolve(result);
      };
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) show(field, event.loaded / event.total);
      });
      request.addEventListener("load", () => {
        if (request.status !== 200) end({ status: request.status });
        else end({ status: 200, answer: JSON.parse(request.responseText) });
      });
      request.addEventListener("error", () => end({ status: 0 }));
      request.addEventListener("abort", () => end({ status: -1 }));
      request.open("POST", `${base()}uploads`);
      request.setRequestHeader("X-XSRFToken", xsrf());
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.send(file);
    });

  /* Put what arrived into the hidden text, and wait until the kernel has said what became of it. */
  const tell = (field, file, answer) =>
    new Promise((resolve) => {
      const whole = field.closest(".tmj-upload");
      const said = () => {
        const told = whole.querySelector(`[data-tmj-arrived="${answer.name}"]`);
        if (!told) return;
        observer.disconnect();
        resolve(told);
      };
      const observer = new MutationObserver(said);
      observer.observe(whole, { childList: true, subtree: true });
      const input = whole.querySelector(".tmj-upload-told input");
      input.value = JSON.stringify({ ...answer, file: file.name });
      for (const name of ["input", "change"]) {
        input.dispatchEvent(new Event(name, { bubbles: true }));
      }
      input.value = "";
      said();
    });

  const lost = (field, file) => {
    const queue = queueOf(field);
    queue.failed.push(file);
    parts(field).again.hidden = false;
    refuse(field, file, "the connection was lost. It is still chosen: try again.");
  };

  const one = async (field, file) => {
    const { name } = parts(field);
    const why = wrong(field, file);
    if (why) {
      refuse(field, file, why);
      return;
    }
    name.textContent = `Sending ${file.name} …`;
    show(field, 0);
    let status = await mayCome(field, file);
    let result = { status };
    if (status === 204) result = await send(field, file);
    status = result.status;
    if (status === 200) {
      name.textContent = `Looking at ${file.name} …`;
      const told = await tell(field, file, result.answer);
      for (const line of told.children) add(field, line.textContent, line.className);
    } else if (status === -1) {
      add(field, `${file.name}: cancelled.`, "tmj-upload-refused");
    } else if (whyRefused(field, status)) {
      refuse(field, file, whyRefused(field, status));
      if (status === 503 || status === 507) {
        queueOf(field).failed.push(file);
        parts(field).again.hidden = false;
      }
    } else lost(field, file);
  };

  const run = async (field, files) => {
    const queue = queueOf(field);
    queue.waiting.push(...files);
    if (queue.running) return;
    queue.running = true;
    const { news, sending, again, input } = parts(field);
    news.replaceChildren();
    again.hidden = true;
    sending.hidden = false;
    try {
      while (queue.waiting.length > 0) await one(field, queue.waiting.shift());
    } finally {
      queue.running = false;
      sending.hidden = true;
      input.value = "";
      if (!again.hidden) again.focus();
    }
  };

  const fieldOf = (event) =>
    event.target instanceof Element ? event.target.closest(".tmj-drop") : null;

  document.addEventListener("change", (event) => {
    const field = fieldOf(event);
    if (field && event.target.matches(".tmj-file")) run(field, Array.from(event.target.files));
  });
  document.addEventListener("click", (event) => {
    const field = fieldOf(event);
    if (!field) return;
    const queue = queueOf(field);
    if (event.target.closest(".tmj-upload-cancel")) {
      queue.waiting = [];
      queue.request?.abort();
    } else if (event.target.closest(".tmj-upload-again")) run(field, queue.failed.splice(0));
  });

  /* Files that are dropped beside a field would take the place of the page. */
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      const field = fieldOf(event);
      event.dataTransfer.dropEffect = field ? "copy" : "none";
      for (const other of document.querySelectorAll(".tmj-drop")) {
        other.classList.toggle("tmj-over", kind === "dragover" && other === field);
      }
      if (kind === "drop" && field) run(field, Array.from(event.dataTransfer.files));
    });
  }
  document.addEventListener("dragleave", (event) => {
    const field = fieldOf(event);
    if (field && !field.contains(event.relatedTarget)) field.classList.remove("tmj-over");
  });
})();
