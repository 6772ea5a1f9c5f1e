"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const marks = all("mark[id]");
  let current = -1;

  function follow() {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    all("mark.current").forEach((mark) => mark.classList.remove("current"));
    if (!target) return;
    if (target.matches("details")) target.open = true;
    if (target.matches("mark")) {
      current = marks.indexOf(target);
      const quote = target.dataset.quote;
      all("mark").filter((mark) => mark.dataset.quote === quote).forEach((mark) => mark.classList.add("current"));
    }
    target.scrollIntoView({ block: target.matches("mark") ? "center" : "start" });
  }

  function step(by) {
    if (!marks.length) return;
    current = current < 0 && by < 0 ? marks.length - 1 : (current + by + marks.length) % marks.length;
    location.hash = marks[current].id;
  }

  function show(wanted) {
    all(".criterion, .unscored li").forEach((item) => {
      item.hidden = wanted !== "all" && !item.dataset.state.split(" ").includes(wanted);
    });
    all(".dimension").forEach((section) => {
      section.hidden = !section.querySelector(".criterion:not([hidden]), .unscored li:not([hidden])");
    });
    const address = new URL(location.href);
    if (wanted === "all") address.searchParams.delete("show"); else address.searchParams.set("show", wanted);
    // A browser may refuse to change the address of a local file; the filter works all the same.
    try { history.replaceState(null, "", address); } catch (refused) { if (refused.name !== "SecurityError") throw refused; }
  }

  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });
  addEventListener("beforeprint", () => all("details:not([open])").forEach((item) => { item.open = true; item.dataset.print = ""; }));
  addEventListener("afterprint", () => all("details[data-print]").forEach((item) => { item.open = false; delete item.dataset.print; }));

  if (byId("tools")) {
    const filter = byId("filter");
    byId("tools").hidden = false;
    byId("next").addEventListener("click", () => step(1));
    byId("previous").addEventListener("click", () => step(-1));
    filter.addEventListener("change", () => show(filter.value));
    document.addEventListener("keydown", (event) => {
      if (!byId("keys").checked || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, select, textarea")) return;
      if (event.key === "n") step(1);
      if (event.key === "p") step(-1);
    });
    const wanted = new URL(location.href).searchParams.get("show");
    if (wanted && [...filter.options].some((option) => option.value === wanted)) {
      filter.value = wanted;
      show(wanted);
    }
  }
  if (location.hash) follow();
})();
