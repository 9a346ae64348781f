// The numbers of a table are one stop of the Tab key; arrow keys go from number to number, each says what it means.
const ROWS = "tr, [role='row']", STOPS = "[data-tip], button, a";

function startRoving() {
  for (const table of document.querySelectorAll("table")) {
    const cells = table.querySelectorAll("td[data-tip], th[data-tip]");
    cells.forEach((cell, place) => { cell.tabIndex = place ? -1 : 0; });
  }
  document.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const row = event.target instanceof Element && step ? event.target.closest(ROWS) : null;
    if (!row || event.target.matches("input, select, [role='button']")) return;
    const stops = (of) => [...of.querySelectorAll(STOPS)];
    const mine = stops(row), place = mine.indexOf(event.target.closest(STOPS));
    if (place < 0) return;
    let next = mine[place + step[1]];
    if (step[0]) {
      const rows = [...row.closest("table, [role='table']").querySelectorAll(ROWS)];
      const other = rows[rows.indexOf(row) + step[0]];
      const theirs = other ? stops(other) : [];
      next = theirs[Math.min(place, theirs.length - 1)];
    }
    if (!next) return;
    event.preventDefault();
    if (next.tabIndex < 0) next.tabIndex = -1;
    next.focus();
  });
}
