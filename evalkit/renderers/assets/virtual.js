// A list of any length in a scrolling pane: only the rows in sight, and a few around them, are in the page.
class VirtualList {
  constructor(pane, estimate, render) {
    Object.assign(this, { pane, estimate, render, count: 0, first: 0, last: 0, rows: new Map() });
    this.above = el("div", { "aria-hidden": "true" });
    this.below = el("div", { "aria-hidden": "true" });
    pane.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.measureAgain()).observe(pane);
  }

  // Shows `count` rows from the top; what was there goes.
  reset(count) {
    this.count = count;
    this.heights = new Float64Array(count).fill(this.estimate);
    this.rows.clear();
    this.pane.replaceChildren(...(count ? [this.above, this.below] : []));
    this.pane.scrollTop = 0;
    this.place();
    this.draw();
  }

  place() {
    this.offsets = new Float64Array(this.count + 1);
    for (let i = 0; i < this.count; i++) this.offsets[i + 1] = this.offsets[i] + this.heights[i];
  }

  // The row at a height, by bisection.
  rowAt(height) {
    let low = 0, high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offsets[middle] <= height) low = middle; else high = middle - 1;
    }
    return low;
  }

  draw() {
    if (!this.count) return;
    const top = this.pane.scrollTop, height = this.pane.clientHeight || 600;
    const anchor = this.rowAt(top), within = top - this.offsets[anchor];
    this.first = Math.max(0, this.rowAt(top - 500));
    this.last = Math.min(this.count - 1, this.rowAt(top + height + 500));
    for (const [index, row] of this.rows) {
      if ((index < this.first || index > this.last) && !row.contains(document.activeElement)) { row.remove(); this.rows.delete(index); }
    }
    let after = this.above;
    for (let index = this.first; index <= this.last; index++) {
      let row = this.rows.get(index);
      if (!row) { row = this.render(index); row.dataset.index = index; this.rows.set(index, row); }
      if (after.nextSibling !== row) after.after(row);
      after = row;
    }
    if (after.nextSibling !== this.below) this.pane.append(this.below);
    this.measure(anchor, within);
  }

  // Takes the true heights of the rows in the page and keeps what is being read where it is.
  measure(anchor, within) {
    let changed = false;
    for (const [index, row] of this.rows) {
      const height = row.getBoundingClientRect().height; // offsetHeight is whole, and another one in another place
      if (height && Math.abs(height - this.heights[index]) > 0.5) { this.heights[index] = height; changed = true; }
    }
    if (changed) this.place();
    const stray = [...this.rows.keys()].filter((index) => index < this.first || index > this.last);
    const extra = (test) => stray.filter(test).reduce((sum, index) => sum + this.heights[index], 0);
    this.above.style.height = `${this.offsets[this.first] - extra((index) => index < this.first)}px`;
    this.below.style.height = `${this.offsets[this.count] - this.offsets[this.last + 1] - extra((index) => index > this.last)}px`;
    const wanted = this.offsets[anchor] + within;
    if (changed && Math.abs(this.pane.scrollTop - wanted) > 1) this.pane.scrollTop = wanted;
  }

  measureAgain() {
    if (!this.count) return;
    const anchor = this.rowAt(this.pane.scrollTop);
    this.measure(anchor, this.pane.scrollTop - this.offsets[anchor]);
    this.draw();
  }

  // Draws the rows in the page anew.
  refresh() {
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.draw();
  }

  // Brings a row into sight and gives its element.
  show(index) {
    for (let round = 0; round < 4; round++) {
      this.pane.scrollTop = Math.max(0, this.offsets[index] - 60);
      this.draw();
    }
    return this.rows.get(index);
  }
}
