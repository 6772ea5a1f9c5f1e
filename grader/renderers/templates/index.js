"use strict";
(() => {
  const table = document.getElementById("scores");
  if (!table) return;
  const rows = [...table.tBodies[0].rows];
  const headings = [...table.querySelectorAll("th[data-sort]")];
  const find = document.getElementById("find");
  const found = document.getElementById("found");
  document.getElementById("tools").hidden = false;

  function sort(heading) {
    const column = heading.cellIndex;
    const ascending = heading.getAttribute("aria-sort") !== "ascending";
    headings.forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const text = (row) => row.cells[column].textContent.trim();
    const order = new Intl.Collator("en", { numeric: true });
    rows.sort((a, b) => (ascending ? 1 : -1) * order.compare(text(a), text(b)));
    table.tBodies[0].append(...rows);
  }

  headings.forEach((heading) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading));
    heading.append(button);
  });

  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  function filter() {
    const wanted = find.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach((row) => {
      row.hidden = !texts.get(row).includes(wanted);
      shown += row.hidden ? 0 : 1;
    });
    found.textContent = wanted ? `${shown} of ${rows.length}` : "";
    const address = new URL(location.href);
    if (wanted) address.searchParams.set("find", wanted); else address.searchParams.delete("find");
    // A browser may refuse to change the address of a local file; the filter works all the same.
    try { history.replaceState(null, "", address); } catch (refused) { if (refused.name !== "SecurityError") throw refused; }
  }
  find.addEventListener("input", filter);
  find.value = new URL(location.href).searchParams.get("find") || "";
  if (find.value) filter();
})();
