// The table of units: what to read first by what its findings weigh and then by how far apart the metrics rank it; or
// sorted by any metric, or by the difference of two systems.
const LEAST_WORDS = 5, RULES_NAMED = 3;

const Units = {
  rows: [], sort: { key: "first", down: true }, other: null, list: null,

  start() {
    const scored = SYSTEMS.map((_, s) => s).filter((s) => SYSTEMS[s].scores.some(Boolean));
    if (!byId("units") || !scored.length || !DATA.metrics.length) return;
    byId("units").hidden = false;
    for (const link of document.querySelectorAll('nav a[href="#units"]')) link.parentElement.hidden = false;
    this.scored = scored;
    this.weights = SYSTEMS.map((system) => system.units.map((_, u) => (system.byUnit.get(u) ?? []).reduce((sum, n) => sum + DATA.weights[system.findings[n][1]], 0)));
    this.form = byId("units-filters");
    const names = scored.map((s) => [String(s), SYSTEMS[s].name]);
    fillSelect(this.form.elements.system, names.length > 1 ? [["", "all"], ...names] : names);
    fillSelect(this.form.elements.against, [["", "none"], ...names]);
    this.form.querySelector(".against").hidden = names.length < 2;
    this.list = new VirtualList(byId("units-pane"), 66, (index) => this.draw(this.rows[index]));
    this.form.addEventListener("input", settled(() => this.filter()));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => this.filter()));
    this.filter();
  },

  // Words of the reference that a unit renders.
  wordsOf(unit) { return Math.max(0, ...unit[6].map((segments, reference) => segments.reduce((sum, segment) => sum + DATA.references[reference].words[segment], 0))); },

  // What a unit renders, as a key: units of two systems are compared where it is the same.
  keyOf(s, u) { return JSON.stringify(SYSTEMS[s].units[u][6]); },

  filter() {
    const { system, against, text } = this.form.elements;
    this.other = against.value === "" || against.value === system.value ? null : Number(against.value);
    const theirs = new Map();
    if (this.other !== null) SYSTEMS[this.other].units.forEach((_, u) => { if (SYSTEMS[this.other].scores[u]) theirs.set(this.keyOf(this.other, u), u); });
    const wanted = text.value.trim().toLowerCase();
    this.rows = [];
    this.left = 0;
    for (const s of this.scored) {
      if ((system.value !== "" && s !== Number(system.value)) || s === this.other) continue;
      SYSTEMS[s].units.forEach((unit, u) => {
        const weighs = this.weights[s][u] > 0;
        if (!SYSTEMS[s].scores[u] && (!weighs || this.other !== null)) return;
        const peer = this.other === null ? null : theirs.get(this.keyOf(s, u)) ?? null;
        if (this.other !== null && peer === null) return;
        if (!weighs && !this.form.elements.short.checked && this.wordsOf(unit) < LEAST_WORDS) { this.left++; return; }
        if (wanted && !this.textsOf(s, unit).some((number) => lowerText(number).includes(wanted))) return;
        this.rows.push({ s, u, peer });
      });
    }
    byId("units-grid").classList.toggle("one", this.names() === 1);
    this.order();
  },

  // The texts of a unit: the system's own; of what it leaves out those of the reference.
  textsOf(s, unit) {
    if (unit[5].length) return unit[5].map((segment) => SYSTEMS[s].segments[segment]);
    return unit[6].flatMap((segments, reference) => segments.map((segment) => DATA.references[reference].segments[segment]));
  },

  names() { return this.form.elements.system.value === "" && this.scored.length > 1 ? this.scored.length : 1; },

  // The value a row is sorted by; a missing one comes last whichever way.
  value({ s, u, peer }, key) {
    if (key === "first") return 1000 * this.weights[s][u] + (SYSTEMS[s].apart[u] ?? 0);
    if (key === "apart") return SYSTEMS[s].apart[u];
    if (key === "place") return s * 1e7 + u;
    const mine = SYSTEMS[s].scores[u]?.[key] ?? null;
    if (this.other === null || mine === null) return mine;
    const theirs = SYSTEMS[this.other].scores[peer][key];
    return theirs === null ? null : mine - theirs;
  },

  order() {
    const { key, down } = this.sort;
    const keyed = this.rows.map((row) => [this.value(row, key), row]);
    keyed.sort(([a], [b]) => (a === null) - (b === null) || (down ? b - a : a - b));
    this.rows = keyed.map(([, row]) => row);
    this.head();
    byId("units-count").textContent = `${counted(this.rows.length, "unit")}${this.other === null ? "" : `, compared with ${SYSTEMS[this.other].name} where both render the same`}${this.left ? `; ${counted(this.left, "short unit")} left out` : ""}.`;
    this.list.reset(this.rows.length);
  },

  head() {
    const delta = this.other === null ? "" : "Δ ";
    const sorted = (key, label, says) => {
      const active = this.sort.key === key;
      const button = el("button", { type: "button", "data-tip": says, "data-dir": active ? (this.sort.down ? "down" : "up") : null,
        onclick: () => { this.sort = { key, down: active ? !this.sort.down : this.first(key) }; this.order(); this.refocus(key); }, "data-key": key }, label);
      return el("div", { role: "columnheader", "aria-sort": active ? (this.sort.down ? "descending" : "ascending") : "none", class: key === "place" || key === "first" ? null : "cell-number" }, button);
    };
    const arrow = { higher: " ↑", lower: " ↓", "": "" };
    const columns = [sorted("place", "Unit", "Sort in the order of the text"), this.names() > 1 ? el("div", { role: "columnheader" }, "System") : null,
      sorted("first", "What to read first", "Sort by the severity of the findings in a unit, then by how far apart the metrics rank it"), ...DATA.metrics.map((metric, key) => sorted(key, delta + metric.title + arrow[metric.better], `${metric.title}: ${metric.says}. Sort by it.`)),
      sorted("apart", "Apart", this.sayApart())];
    byId("units-grid").style.setProperty("--columns", DATA.metrics.length + 1);
    byId("units-grid").querySelector(".grid-head").replaceChildren(el("div", { role: "row", class: "grid-row" }, columns.filter(Boolean)));
  },

  first(key) { return key === "apart" || key === "first" || (key !== "place" && this.other === null && DATA.metrics[key].better === "lower") || (this.other !== null && key !== "place"); },
  refocus(key) { byId("units-grid").querySelector(`[data-key="${key}"]`)?.focus(); },
  sayApart() { return "How far apart the metrics rank this unit among all units of its system, 0 to 100: 100 is a unit that is the best by one metric and the worst by another."; },

  // Why a unit is where it is: the rules that found something, the heaviest first; without any how far metrics differ.
  why(s, u) {
    const system = SYSTEMS[s], found = (system.byUnit.get(u) ?? []).map((n) => system.findings[n]).sort((a, b) => a[1] - b[1]);
    const rules = [...new Set(found.filter((finding) => DATA.weights[finding[1]]).map((finding) => `${severityOf(finding)} ${ruleOf(finding).rule}`))];
    if (rules.length) return rules.slice(0, RULES_NAMED).join(", ") + (rules.length > RULES_NAMED ? ` and ${rules.length - RULES_NAMED} more` : "");
    const apart = system.apart[u], none = DATA.severities.length ? "no finding but hints" : "";
    return [none, apart === null ? "" : `the metrics rank it ${apart} of 100 apart`].filter(Boolean).join("; ");
  },

  draw({ s, u, peer }) {
    const system = SYSTEMS[s], unit = system.units[u], scores = system.scores[u] ?? DATA.metrics.map(() => null);
    const text = this.textsOf(s, unit).map((number) => textOf(number).slice(0, 400)).join(" ").slice(0, 400);
    const left = unit[5].length ? null : el("span", { class: "why" }, "left out: ");
    const number = (label, value, says, shown = value === null ? "–" : shownNumber(value)) => el("div", { role: "cell", class: "cell-number", "data-label": label, "data-tip": value === null ? null : says, tabindex: value === null ? null : "-1" }, shown);
    const metrics = scores.map((value, key) => {
      const title = DATA.metrics[key].title;
      if (this.other === null) return number(title, value, value === null ? "" : sayScore(system, key, value));
      const delta = this.value({ s, u, peer }, key), theirs = SYSTEMS[this.other].scores[peer][key];
      const cell = number(`Δ ${title}`, delta, delta === null ? "" : `${system.name} ${shownNumber(value)}, ${SYSTEMS[this.other].name} ${shownNumber(theirs)}. ${sayScore(system, key, value)}`, delta === null ? "" : (delta > 0 ? "+" : "") + shownNumber(delta));
      if (delta) cell.classList.add((delta > 0) === (DATA.metrics[key].better === "higher") ? "plus" : "minus");
      return cell;
    });
    const found = (system.byUnit.get(u) ?? []).map((n) => severityOf(system.findings[n]));
    const worst = DATA.severities.find((severity) => found.includes(severity));
    return el("div", { role: "row", class: "grid-row" },
      el("div", { role: "cell" }, el("a", { class: "link", href: `#u-${s}-${u}`, dir: "auto" }, unit[0]), worst ? [" ", el("span", { class: `sev sev-${worst}`, "data-tip": `${counted(found.length, "finding")} in this unit, the worst is ${worst}` }, found.length)] : null),
      this.names() > 1 ? el("div", { role: "cell", dir: "auto" }, system.name) : null,
      el("div", { role: "cell", class: "wide", dir: "auto", lang: unit[5].length ? system.lang : DATA.references[0]?.lang }, el("span", { class: "clip" }, left, text), el("span", { class: "why", lang: "en", dir: "ltr" }, this.why(s, u))),
      metrics, number("Apart", system.apart[u], this.sayApart(), String(system.apart[u] ?? "–")));
  },

  only(s) { this.form.reset(); if (this.scored.includes(s)) this.form.elements.system.value = String(s); this.filter(); },
};
