// Fetches Voila's scripts in one piece while the kernel still works.
(() => {
  "use strict";
  const script = document.createElement("script");
  script.async = true;
  script.src = new URL("chunks.js", document.currentScript.src).href;
  document.head.append(script);
})();
