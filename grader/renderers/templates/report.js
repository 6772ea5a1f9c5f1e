"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const marks = all("mark[id]");
  const beside = matchMedia("(min-width: 72rem) and (min-height: 30rem)");
  let current = -1;
  let shown = "all";

  // The address says it all: #c-TO1 a place, #c-TO1;show=below a place and a filter.
  function address() {
    const [place, ...settings] = decodeURIComponent(location.hash.slice(1)).split(";");
    const filter = settings.find((setting) => setting.startsWith("show="));
    return { place, filter: filter ? filter.slice(5) : null };
  }

  function remember(place) {
    const hash = `#${place}${shown === "all" ? "" : `;show=${shown}`}`;
    if (hash !== (location.hash || "#")) history.replaceState(null, "", location.href.split("#")[0] + (hash === "#" ? "" : hash));
  }

  const criterionOf = (mark) => mark.dataset.quote.replace(/-\d+$/, "");

  // The pane moves, so that whoever reads a criterion keeps the line under their eyes; the page only moves
  // where the end of the document would stay below the window.
  function bringIntoPane(mark) {
    const pane = byId("document");
    const box = pane.getBoundingClientRect();
    const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    pane.scrollBy({ top: mark.getBoundingClientRect().top - middle });
    if (mark.getBoundingClientRect().bottom > innerHeight) mark.scrollIntoView({ block: "nearest" });
  }

  function highlight(belongs) {
    all(".current").forEach((item) => item.classList.remove("current"));
    all("mark").filter(belongs).forEach((mark) => mark.classList.add("current"));
  }

  function goToQuote(mark) {
    current = marks.indexOf(mark);
    highlight((other) => other.dataset.quote === mark.dataset.quote);
    mark.scrollIntoView({ block: "center" });
    mark.querySelector("a").focus({ preventScroll: true });
  }

  function showEvidence(criterion) {
    const own = (mark) => `c-${criterionOf(mark)}` === criterion.id;
    highlight(own);
    criterion.classList.add("current");
    const first = byId(`e-${criterion.id.slice(2)}-1`) || marks.find(own);
    if (!first) return;
    current = marks.indexOf(first);
    if (beside.matches) bringIntoPane(first);
  }

  function goToCriterion(criterion) {
    if (criterion.hidden) show("all");
    if (criterion.matches("details")) criterion.open = true;
    criterion.scrollIntoView({ block: "start", behavior: "instant" });
    showEvidence(criterion);
    const summary = criterion.querySelector("summary");
    if (summary) summary.focus({ preventScroll: true });
  }

  function follow() {
    const { place, filter } = address();
    if (filter) show(filter);
    const target = byId(place);
    if (!target) return;
    remember(place);
    if (target.matches("mark")) goToQuote(target);
    else if (target.matches(".criterion, .unscored li")) goToCriterion(target);
    else target.scrollIntoView({ block: "start" });
  }

  function step(by) {
    if (!marks.length) return;
    current = current < 0 && by < 0 ? marks.length - 1 : (current + by + marks.length) % marks.length;
    location.hash = marks[current].id;
  }

  // From a quote to its criterion; from a criterion to the quote it came from, or its first.
  function across() {
    const mark = document.activeElement.closest("mark");
    if (mark) location.hash = mark.querySelector("a").hash;
    else if (marks[current]) location.hash = marks[current].id;
  }

  function show(wanted) {
    const filter = byId("filter");
    if (!filter || ![...filter.options].some((option) => option.value === wanted)) return;
    filter.value = shown = wanted;
    all(".criterion, .unscored li").forEach((item) => {
      item.hidden = wanted !== "all" && !item.dataset.state.split(" ").includes(wanted);
    });
    all(".dimension").forEach((section) => {
      section.hidden = !section.querySelector(".criterion:not([hidden]), .unscored li:not([hidden])");
    });
    remember(address().place);
  }

  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === `#${address().place}`) follow();
    const summary = event.target.closest(".criterion > summary");
    if (summary && !summary.parentElement.open) {
      remember(summary.parentElement.id);
      showEvidence(summary.parentElement);
    }
    const mark = event.target.closest("mark");
    if (mark && !link && getSelection().isCollapsed) location.hash = `#c-${criterionOf(mark)}`;
  });
  addEventListener("beforeprint", () => all("details:not([open])").forEach((item) => { item.open = true; item.dataset.print = ""; }));
  addEventListener("afterprint", () => all("details[data-print]").forEach((item) => { item.open = false; delete item.dataset.print; }));

  if (byId("tools")) {
    const help = byId("keys");
    const keys = {
      n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1), c: across,
      f: () => byId("filter").focus(), "?": () => help.showModal(),
    };
    byId("tools").hidden = false;
    byId("next").addEventListener("click", () => step(1));
    byId("previous").addEventListener("click", () => step(-1));
    byId("help").addEventListener("click", () => help.showModal());
    byId("keys-close").addEventListener("click", () => help.close());
    byId("filter").addEventListener("change", (event) => show(event.target.value));
    document.addEventListener("keydown", (event) => {
      if (help.open || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!byId("keys-on").checked) return;
      if (event.target.closest("input, select, textarea")) return;
      if (keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
      }
    });
  }
  if (location.hash) follow();
})();
