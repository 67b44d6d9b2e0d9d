/* The navigation keeps the case in the address from page to page: only its opaque id. */
"use strict";

(() => {
  const inAddress = () => {
    const id = new URL(location.href).searchParams.get("case") || "";
    return /^case-[a-z0-9-]{1,64}$/.test(id) ? id : "";
  };

  const isLink = (link) => link.dataset.tmjPage !== "intake";

  const aim = () => {
    const id = inAddress();
    for (const link of document.querySelectorAll(".tmj-top a[data-tmj-page]")) {
      const page = link.dataset.tmjPage;
      const here = link.getAttribute("aria-current") === "page";
      /* An interview begins with a new patient, never with the one that is open. */
      if (isLink(link)) {
        const address = new URL(link.href);
        if (id) address.searchParams.set("case", id);
        else address.searchParams.delete("case");
        if (address.href !== link.href) link.href = address.href;
      }
      if (page === "case") link.hidden = !id && !here;
      if (page === "call") link.hidden = !id && !document.querySelector(".tmj-quick-open");
    }
  };

  const start = () => {
    aim();
    /* base.js writes the id of a case that was just begun into the address. */
    new MutationObserver(aim).observe(document.getElementById("content"), {
      childList: true,
      subtree: true,
    });
    addEventListener("popstate", aim);
  };

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
