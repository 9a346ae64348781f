// From finding to finding in the texts, by buttons or by the keys n and p.
const Steps = {
  start(texts) {
    this.texts = texts;
    byId("texts-next").addEventListener("click", () => this.go(1));
    byId("texts-previous").addEventListener("click", () => this.go(-1));
    byId("texts-app").addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select")) return;
      if (event.key === "n") this.go(1);
      if (event.key === "p") this.go(-1);
    });
  },

  // The places of a row to stop at: one for each finding, or group of them, in the system's own text where it is marked there.
  stops(row) {
    const found = new Map();
    for (const mark of row?.querySelectorAll("mark[data-findings]") ?? []) if (!found.has(mark.dataset.findings) || !found.get(mark.dataset.findings).closest(".unit")) found.set(mark.dataset.findings, mark);
    return [...found.values()];
  },

  go(by) {
    const { shown, list } = this.texts;
    const row = document.querySelector("#texts-pane .row.here");
    const stops = this.stops(row), last = stops.findIndex((mark) => mark.dataset.findings === this.last);
    const next = row && last >= 0 ? stops[last + by] : undefined;
    if (next) return this.stop(row, next);
    for (let at = row ? Number(row.dataset.index) + by : by > 0 ? 0 : shown.length - 1; at >= 0 && at < shown.length; at += by) {
      if (!this.texts.units(shown[at]).some(([s, u]) => SYSTEMS[s].byUnit.has(u))) continue;
      const drawn = list.show(at), there = this.stops(drawn);
      if (there.length) return this.stop(drawn, there.at(by > 0 ? 0 : -1));
    }
  },

  stop(row, mark) {
    for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
    row.classList.add("here");
    this.last = mark.dataset.findings;
    mark.classList.add("here");
    mark.focus({ preventScroll: true });
  },
};
