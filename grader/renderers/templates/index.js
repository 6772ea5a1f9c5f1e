"use strict";
(() => {
  const table = document.getElementById("scores");
  if (!table) return;
  const heat = document.getElementById("levels");
  const tools = document.getElementById("tools");
  const controls = ["find", "kind", "below", "flagged"].map((name) => document.getElementById(name));
  const [find, kind, below, flagged] = controls;
  const found = document.getElementById("found");
  const headings = [...table.querySelectorAll("th[data-key]")];
  const byName = headings.find((heading) => heading.dataset.key === "name");
  const criteria = [...heat.tHead.rows[0].cells].map((cell) => cell.dataset.id);
  const documents = [...table.tBodies[0].rows].map((row, index) => (
    { row, levels: heat.tBodies[0].rows[index], index }
  ));
  const collator = new Intl.Collator("en", { numeric: true });
  let sorted = { heading: byName, down: false };

  function value(row, heading) {
    const text = row.cells[heading.cellIndex].textContent.trim();
    return heading.dataset.sort === "number" ? parseFloat(text) : text;
  }

  // Empty cells stay last in both directions: nothing measured is neither low nor high.
  function compare(a, b, down) {
    const [none, other] = [a, b].map((each) => each === "" || Number.isNaN(each));
    if (none || other) return none - other;
    const order = typeof a === "number" ? a - b : collator.compare(a, b);
    return down ? -order : order;
  }

  function sort(heading, down) {
    sorted = { heading, down };
    headings.forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = documents.map((each) => ({
      each, value: heading === byName ? each.index : value(each.row, heading),
    }));
    order.sort((a, b) => compare(a.value, b.value, down) || a.each.index - b.each.index);
    table.tBodies[0].append(...order.map(({ each }) => each.row));
    heat.tBodies[0].append(...order.map(({ each }) => each.levels));
  }

  function filter() {
    const wanted = find.value.trim().toLowerCase();
    const column = below.value ? criteria.indexOf(below.value) : -1;
    let shown = 0;
    for (const { row, levels } of documents) {
      const hidden = (wanted !== "" && !row.textContent.toLowerCase().includes(wanted))
        || (kind.value !== "" && row.cells[1].dataset.kind !== kind.value)
        || (column > 0 && !(parseInt(levels.cells[column].textContent, 10) < table.dataset.wanted))
        || (flagged.checked && row.lastElementChild.textContent === "");
      row.hidden = levels.hidden = hidden;
      shown += hidden ? 0 : 1;
    }
    found.textContent = `${shown} of ${documents.length} documents`;
  }

  // What is chosen stands in the address, so that it can be sent on: #kind=prd&below=FM2&sort=confidence
  function remember() {
    const state = new URLSearchParams();
    if (find.value.trim()) state.set("find", find.value.trim());
    if (kind.value) state.set("kind", kind.value);
    if (below.value) state.set("below", below.value);
    if (flagged.checked) state.set("flagged", "yes");
    if (sorted.heading !== byName || sorted.down) state.set("sort", (sorted.down ? "-" : "") + sorted.heading.dataset.key);
    const address = location.href.split("#")[0] + (state.size ? `#${state}` : "");
    // A browser may refuse to change the address of a local file; the table works all the same.
    try { history.replaceState(null, "", address); } catch (refused) { if (refused.name !== "SecurityError") throw refused; }
  }

  function choose(select, wanted) {
    select.value = wanted || "";
    if (select.selectedIndex < 0) select.value = "";
  }

  function recall() {
    const state = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    find.value = state.get("find") || "";
    choose(kind, state.get("kind"));
    choose(below, state.get("below"));
    flagged.checked = state.has("flagged");
    const by = state.get("sort") || "name";
    const heading = headings.find((each) => each.dataset.key === by.replace(/^-/, ""));
    if (heading) sort(heading, by.startsWith("-")); else sort(byName, false);
    filter();
  }

  headings.forEach((heading) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => {
      sort(heading, heading.getAttribute("aria-sort") === "ascending");
      remember();
    });
    heading.append(button);
  });
  const changed = () => { filter(); remember(); };
  controls.forEach((control) => control.addEventListener("input", changed));
  tools.addEventListener("reset", () => setTimeout(changed));
  tools.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", (event) => {
    if (!location.hash.includes("=")) return;
    recall();
    if (event.oldURL !== event.newURL) document.getElementById("table").scrollIntoView();
  });
  tools.hidden = false;
  found.textContent = `${documents.length} documents`;
  if (location.hash.includes("=")) recall();
})();
