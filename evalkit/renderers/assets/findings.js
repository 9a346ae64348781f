// The list of findings: filters, text search, and from each finding to its place in the texts.
const Findings = {
  all: [], shown: [], list: null,

  start() {
    SYSTEMS.forEach((system, s) => system.findings.forEach((_, n) => this.all.push([s, n])));
    if (!this.all.length || !byId("findings-app")) return;
    const rank = ([s, n]) => (SYSTEMS[s].trusted ? 0 : 10) + SYSTEMS[s].findings[n][1];
    this.all.sort((a, b) => rank(a) - rank(b) || a[0] - b[0] || a[1] - b[1]);
    byId("findings-app").hidden = false;
    this.form = byId("findings-filters");
    this.fill();
    this.list = new VirtualList(byId("findings-pane"), 125, (index) => this.draw(...this.shown[index]));
    this.form.addEventListener("input", settled(() => this.filter()));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => this.filter()));
    this.filter();
  },

  fill() {
    const names = this.tally((s) => SYSTEMS[s].name, (s) => s);
    fillSelect(this.form.elements.system, [["", "all"], ...names]);
    fillSelect(this.form.elements.category, [["", "all"], ...this.tally((s, n) => this.rule(s, n).category)]);
    fillSelect(this.form.elements.rule, [["", "all"], ...this.tally((s, n) => this.rule(s, n).rule)]);
    DATA.severities.forEach((severity, number) => {
      const amount = this.all.filter(([s, n]) => SYSTEMS[s].findings[n][1] === number).length;
      const box = el("input", { type: "checkbox", name: "severity", value: severity, checked: true });
      const chip = el("label", { class: "chip" }, box, el("span", { class: `sev sev-${severity}` }, severity), amount.toLocaleString("en-GB"));
      this.form.querySelector(".chips").append(chip);
    });
  },

  // Options with the number of findings of each.
  tally(label, key = label) {
    const counts = new Map();
    for (const [s, n] of this.all) {
      const value = key(s, n), entry = counts.get(value) ?? { label: label(s, n), amount: 0 };
      entry.amount++;
      counts.set(value, entry);
    }
    return [...counts].map(([value, { label: name, amount }]) => [String(value), `${name} (${amount.toLocaleString("en-GB")})`]).sort((a, b) => (key === label ? a[0].localeCompare(b[0], "en") : a[0] - b[0]));
  },

  rule(s, n) { return ruleOf(SYSTEMS[s].findings[n]); },

  filter() {
    const { system, category, rule, text } = this.form.elements;
    const severities = new Set([...this.form.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
    const wanted = text.value.trim().toLowerCase();
    this.shown = this.all.filter(([s, n]) => {
      const finding = SYSTEMS[s].findings[n];
      if (system.value !== "" && s !== Number(system.value)) return false;
      if (category.value !== "" && ruleOf(finding).category !== category.value) return false;
      if (rule.value !== "" && ruleOf(finding).rule !== rule.value) return false;
      return severities.has(severityOf(finding)) && (!wanted || this.words(finding, s).includes(wanted) || this.sentence(finding, s).includes(wanted));
    });
    // findings that speak of what is searched come before those in whose sentence it stands
    if (wanted) this.shown.sort(([a, m], [b, n]) => this.words(SYSTEMS[b].findings[n], b).includes(wanted) - this.words(SYSTEMS[a].findings[m], a).includes(wanted));
    const all = this.shown.length === this.all.length;
    byId("findings-count").textContent = `${all ? "" : `${this.shown.length.toLocaleString("en-GB")} of `}${counted(this.all.length, "finding")}, the most severe first.`;
    this.list.reset(this.shown.length);
  },

  // What a finding says, and the sentence it stands in: both are searched.
  words(finding, s) { return (finding.words ??= [finding[5], finding[6], ...finding[7], ruleOf(finding).rule, SYSTEMS[s].name].join("\n").toLowerCase()); },
  sentence(finding, s) { return [...finding[3].map(([segment]) => SYSTEMS[s].segments[segment]), ...finding[11].map(([piece]) => SOURCE.segments[piece])].map(lowerText).join("\n"); },

  draw(s, n) {
    const system = SYSTEMS[s], finding = system.findings[n], rule = ruleOf(finding), severity = severityOf(finding);
    const sure = `MQM: ${rule.mqm}. The rule's own confidence in this finding is ${shownNumber(finding[9])}; made by a program, not confirmed by a human.`;
    const place = finding[2] >= 0 || finding[3].length
      ? el("a", { class: "link", href: `#f-${s}-${n}` }, `Show in the text (${finding[8]})`) : el("span", {}, finding[8]);
    return el("div", { class: "finding", id: `l-${s}-${n}`, tabindex: "-1" },
      el("div", { class: "who" }, el("span", { class: `sev sev-${severity}` }, severity), el("b", { "data-tip": sure, tabindex: "0" }, rule.rule),
        el("span", { dir: "auto" }, system.name + (system.trusted ? "" : " (alignment not trusted)")), place),
      el("div", { class: "say" }, said(finding[6]),
        finding[7].length ? [" Expected: ", el("bdi", { class: "want" }, finding[7].join(" / "))] : null),
      this.contexts(s, n), Verdicts.controls(finding));
  },

  // The sentence around the finding on the sides it stands on, or what is near it in a long one; of a finding in the source
  // what was made of that.
  contexts(s, n) {
    const finding = SYSTEMS[s].findings[n], system = SYSTEMS[s], [there] = finding[4];
    const unit = system.units[finding[2]], whole = finding[11].length && !finding[3].length && unit ? unit[5] : [];
    return [
      finding[11].length ? this.context(finding, SOURCE, finding[11][0], "Source: ") : null,
      finding[3].length ? this.context(finding, system, finding[3][0], finding[11].length ? "Translation: " : null) : null,
      !finding[3].length && there ? this.context(finding, DATA.references[there[0]], there.slice(1), "Reference: ") : null,
      ...whole.slice(0, 1).map((segment) => this.context(finding, system, [segment, 0, 0], "Translation: ")),
    ];
  },

  context(finding, side, [segment, start, stop], label) {
    const text = textOf(side.segments[segment]), end = Math.min(stop, start + 300);
    const from = wordStart(text, start - 120, start), to = wordEnd(text, end + (stop ? 120 : 240), end);
    const piece = [start - from, Math.min(stop, to) - from];
    const mark = stop ? el("mark", { class: `m-${severityOf(finding)}` }, text.slice(from + piece[0], from + piece[1])) : null;
    const body = el("span", { class: "body", dir: "auto", lang: side.lang }, from ? "… " : "", text.slice(from, from + piece[0]), mark, text.slice(from + piece[1], to), to < text.length ? " …" : "");
    return el("div", { class: "context", dir: label ? null : "auto" }, label ? el("span", { class: "of" }, label) : null, body);
  },

  // Sets the filters; what is not named is cleared.
  only(wanted) {
    this.form.reset();
    for (const [name, value] of Object.entries(wanted)) {
      if (name === "severity") for (const box of this.form.querySelectorAll("[name=severity]")) box.checked = box.value === value;
      else if (this.form.elements[name]) this.form.elements[name].value = String(value);
    }
    this.filter();
  },

  show(s, n) {
    const here = () => this.shown.findIndex(([a, b]) => a === s && b === n);
    if (here() < 0) this.only({});
    return this.list.show(here());
  },
};

// The nearest place at or after `at` where a word begins, no later than `most`; and where one ends, no earlier than `least`.
function wordStart(text, at, most) {
  if (at <= 0) return 0;
  const space = text.indexOf(" ", at);
  return space < 0 || space > most ? at : space + 1;
}

function wordEnd(text, at, least) {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(" ", at);
  return space <= least ? at : space;
}
