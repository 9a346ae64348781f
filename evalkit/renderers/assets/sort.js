// Tables of results: a click on a head sorts the rows by that column, numbers as numbers, the best guess first.
function startSorting() {
  for (const table of document.querySelectorAll("table:not(.pair)")) {
    const rows = table.tBodies[0].rows;
    if (rows.length < 3 || table.querySelector("td[colspan]") || table.closest(".static")) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = el("button", { type: "button", class: "sort", "data-tip": head.dataset.tip }, ...head.childNodes);
      head.removeAttribute("data-tip");
      head.append(button);
      button.addEventListener("click", () => sortTable(table, head, column));
    });
  }
}

function sortTable(table, head, column) {
  const down = head.getAttribute("aria-sort") !== "descending" && (head.classList.contains("number") || head.hasAttribute("aria-sort"));
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0], keyed = [...body.rows].map((row) => [row.cells[column].textContent.trim(), row]);
  const value = (text) => { const found = parseFloat(text.replaceAll(",", "")); return Number.isNaN(found) ? null : found; };
  keyed.sort(([a], [b]) => {
    const [x, y] = [value(a), value(b)];
    const order = x !== null && y !== null ? x - y : x === null && y === null ? a.localeCompare(b, "en") : 0;
    return (x === null) - (y === null) || (down ? -order : order);
  });
  body.append(...keyed.map(([, row]) => row));
}
