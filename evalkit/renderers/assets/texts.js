// The texts side by side: source, reference and the chosen systems, findings marked in place, link kinds shown.
const KINDS = {
  "1-n": "one segment of the system for several of the reference", "n-1": "several segments of the system for one of the reference",
  "n-m": "several segments on both sides", moved: "rendered, but in another place than in the reference",
  omitted: "a segment of the reference that this system does not render", added: "a segment of the system without a counterpart in the reference",
};

const Texts = {
  chosen: [], reference: DATA.references.length ? 0 : null, source: SOURCE !== null, rows: [], shown: [], diff: false, list: null, marked: "",

  start() {
    if (!byId("texts-app") || !SYSTEMS.some((system) => system.units.length)) return;
    byId("texts-app").hidden = false;
    this.form = byId("texts-filters");
    const first = SYSTEMS.reduce((best, system, number) => (system.weight > SYSTEMS[best].weight ? number : best), 0);
    SYSTEMS.forEach((system, number) => {
      const box = el("input", { type: "checkbox", name: "system", value: number, checked: number === first });
      byId("texts-systems").append(el("label", { class: "chip" }, box, el("span", { dir: "auto" }, system.name + (system.trusted ? "" : " (not trusted)"))));
    });
    fillSelect(this.form.elements.reference, DATA.references.map((reference, number) => [number, reference.name]));
    byId("texts-reference").hidden = DATA.references.length < 2;
    byId("texts-source").hidden = !SOURCE || this.reference === null;
    byId("texts-diff").hidden = this.reference === null;
    byId("texts-systems").hidden = SYSTEMS.length < 2;
    Steps.start(this);
    byId("texts-keys").append(...this.keys());
    this.list = new VirtualList(byId("texts-pane"), 130, (index) => this.draw(this.shown[index]));
    this.form.addEventListener("change", () => this.build());
    this.form.addEventListener("input", settled(() => this.filter()));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.build();
  },

  keys() {
    const severities = DATA.severities.map((severity) => el("span", { class: "body" }, el("mark", { class: `m-${severity}` }, severity)));
    const words = [el("span", { class: "body" }, el("ins", {}, "word"), " not in the reference"), el("span", { class: "body" }, el("del", {}, "word"), " of the reference that is not rendered so")];
    const mayOmit = SYSTEMS.every((system) => system.kind !== "translation");
    const kinds = ["moved", "omitted", "added"].filter((kind) => SYSTEMS.some((system) => system.units.some((unit) => unit[2] === kind))).map((kind) => el("span", { "data-tip": KINDS[kind] }, el("span", { class: `kind kind-${kind}${kind === "omitted" && mayOmit ? " quiet" : ""}` }, kind)));
    if (this.reference === null && SOURCE && !this.paired()) severities.push(el("span", {}, "A row with one side alone: what belongs together there is not sure, and was not checked."));
    if (this.reference === null) return severities;
    return [...severities, ...kinds, ...words.map((word) => { word.hidden = true; word.classList.add("diff-key"); return word; })];
  },

  // Whether every text has its source beside it.
  paired() { return SYSTEMS.every((system) => system.units.every((unit) => unit[7].length || !filled(system, unit))); },

  // Reads the form and makes the rows anew.
  build() {
    const boxes = [...this.form.querySelectorAll("[name=system]")];
    this.chosen = boxes.filter((box) => box.checked).map((box) => Number(box.value));
    if (this.reference !== null) this.reference = Number(this.form.elements.reference.value);
    this.diff = this.form.elements.diff.checked;
    this.source = SOURCE !== null && this.form.elements.source.checked;
    for (const key of document.querySelectorAll(".diff-key")) key.hidden = !this.diff;
    this.rows = buildRows(this.chosen, this.reference).filter((row) => this.textsOf(row).some((number) => textOf(number).trim()) || this.units(row).some(([s, u]) => SYSTEMS[s].byUnit.has(u)));
    this.offer();
    const names = documentsOf(this.chosen).names;
    const select = this.form.elements.document;
    if (select.options.length !== names.length + 1) fillSelect(select, [["", "all"], ...names.map((name, number) => [number, name])]);
    byId("texts-document").hidden = names.length < 2;
    const columns = this.chosen.length + (this.reference === null ? 0 : 1) + (this.source ? 1 : 0);
    byId("texts-columns").style.setProperty("--texts", Math.max(1, columns));
    const heads = [el("span", {}, "Unit"), this.source ? el("span", {}, sourceName()) : null, this.reference === null ? null : el("span", { dir: "auto" }, DATA.references[this.reference].name), ...this.chosen.map((s) => el("span", { dir: "auto" }, this.named(SYSTEMS[s])))];
    document.querySelector(".columns-head").replaceChildren(...heads.filter(Boolean));
    this.filter();
  },

  filter() {
    const { text, found, document, rule } = this.form.elements;
    const wanted = text.value.trim().toLowerCase();
    this.shown = this.rows.filter((row) => {
      if (document.value !== "" && row.document !== Number(document.value)) return false;
      if (rule.value !== "" && !this.is(row, rule.value)) return false;
      if (found.checked && !this.units(row).some(([s, u]) => SYSTEMS[s].byUnit.has(u))) return false;
      return !wanted || this.textsOf(row).some((number) => lowerText(number).includes(wanted));
    });
    const kind = this.shown.length === this.rows.length ? "" : ` of ${this.rows.length.toLocaleString("en-GB")}`;
    byId("texts-count").textContent = this.chosen.length ? `${this.shown.length.toLocaleString("en-GB")}${kind} ${this.rows.length === 1 ? "row" : "rows"}` : "Choose a system.";
    this.list.reset(this.shown.length);
  },

  // Rows to choose from: those without a translation, and those of each rule, with their number.
  offer() {
    const select = this.form.elements.rule, kept = select.value, rules = new Map();
    for (const row of this.rows) {
      const found = this.units(row).flatMap(([s, u]) => (SYSTEMS[s].byUnit.get(u) ?? []).map((n) => ruleOf(SYSTEMS[s].findings[n]).rule));
      for (const rule of new Set(found)) rules.set(rule, (rules.get(rule) ?? 0) + 1);
    }
    const untranslated = this.rows.filter((row) => this.is(row, "untranslated")).length;
    const named = [...rules].sort(([a], [b]) => a.localeCompare(b, "en")).map(([rule, number]) => [`=${rule}`, `${rule} (${number.toLocaleString("en-GB")})`]);
    fillSelect(select, [["", "all"], ...(untranslated ? [["untranslated", `untranslated (${untranslated.toLocaleString("en-GB")})`]] : []), ...named], kept);
    byId("texts-rule").hidden = select.options.length < 2;
    byId("texts-steps").hidden = rules.size === 0;
  },

  // Whether a row is untranslated, or has a finding of a rule ("=" and its name).
  is(row, wanted) {
    if (wanted === "untranslated") return SOURCE !== null && row.source.length > 0 && this.units(row).some(([s, u]) => SYSTEMS[s].units[u][7].length && !filled(SYSTEMS[s], SYSTEMS[s].units[u]));
    return this.units(row).some(([s, u]) => (SYSTEMS[s].byUnit.get(u) ?? []).some((n) => `=${ruleOf(SYSTEMS[s].findings[n]).rule}` === wanted));
  },

  // A system's name, with its language where the source has another.
  named(system) { return SOURCE && system.lang ? `${system.name} · ${system.lang}` : system.name; },

  units(row) { return [...row.units].flatMap(([system, numbers]) => numbers.map((number) => [system, number])); },

  textsOf(row) {
    const mine = this.units(row).flatMap(([s, u]) => SYSTEMS[s].units[u][5].map((segment) => SYSTEMS[s].segments[segment]));
    const reference = this.reference === null ? [] : row.segments.map((segment) => DATA.references[this.reference].segments[segment]);
    return [...mine, ...reference, ...(this.source ? row.source.map((piece) => SOURCE.segments[piece]) : [])];
  },

  draw(row) {
    const differences = this.diff ? this.differences(row) : new Map();
    const label = this.units(row).map(([s, u]) => SYSTEMS[s].units[u][0])[0] ?? "";
    const cells = [el("div", { class: "id", dir: "auto" }, label)];
    if (this.source) cells.push(this.sourceCell(row));
    if (this.reference !== null) cells.push(this.referenceCell(row, differences));
    for (const system of this.chosen) cells.push(this.systemCell(row, system, differences.get(system)));
    return el("div", { class: "row" }, cells);
  },

  sourceCell(row) {
    return this.otherCell(SOURCE, sourceName(), row.source, (system) => system.beside, [], row.source.length ? "" : "–");
  },

  referenceCell(row, differences) {
    const reference = DATA.references[this.reference];
    return this.otherCell(reference, reference.name, row.segments, (system) => system.there[this.reference], differences.get("reference") ?? [], row.segments.length ? "" : "nothing in the reference");
  },

  // A side that is no system's: its segments, with what the findings of the chosen systems mark there.
  otherCell(side, name, segments, marksOf, words, empty) {
    const cell = el("div", { class: "other", dir: "auto", lang: side.lang }, el("div", { class: "side-name", dir: "auto" }, name));
    if (empty) return cell.append(el("span", { class: "empty" }, empty)), cell;
    const whole = joined(segments.map((segment) => textOf(side.segments[segment])));
    const marks = segments.flatMap((segment, place) => this.chosen.flatMap((system) =>
      (marksOf(SYSTEMS[system]).get(segment) ?? [])
        .filter((mark) => !isWhole(mark, textOf(side.segments[segment]))).map(([a, b, n]) => [a + whole.starts[place], b + whole.starts[place], system, n])));
    cell.append(el("div", { class: "body", dir: "auto" }, drawText(whole.text, marks, words, "del")));
    return cell;
  },

  systemCell(row, number, words) {
    const system = SYSTEMS[number];
    const cell = el("div", { lang: system.lang }, el("div", { class: "side-name", dir: "auto" }, this.named(system)));
    const units = row.units.get(number) ?? [];
    if (!units.length) cell.append(el("span", { class: "empty" }, "–"));
    units.forEach((unit, place) => cell.append(this.unit(number, unit, (words ?? [])[place] ?? [])));
    return cell;
  },

  unit(number, unitNumber, words) {
    const system = SYSTEMS[number], unit = system.units[unitNumber];
    const whole = joined(unit[5].map((segment) => textOf(system.segments[segment])));
    const marks = unit[5].flatMap((segment, place) => (system.here.get(segment) ?? [])
      .filter((mark) => !isWhole(mark, textOf(system.segments[segment]))).map(([a, b, n]) => [a + whole.starts[place], b + whole.starts[place], number, n]));
    const text = unit[5].length && (whole.text.trim() || !unit[7].length) ? drawText(whole.text, marks, words) : el("span", { class: "empty" }, this.reference === null ? "not translated" : "not rendered");
    const aside = (system.byUnit.get(unitNumber) ?? []).filter((n) => !marks.some((mark) => mark[3] === n));
    const named = (finding) => ruleOf(finding).rule + (finding[5] && finding[5].length <= 60 ? `: ${finding[5]}` : "");
    const others = aside.map((n) => el("mark", { class: `m-${severityOf(system.findings[n])}`, role: "button", tabindex: "0", "data-tip": sayFinding(system.findings[n]), "data-findings": `${number}-${n}` }, named(system.findings[n])));
    return el("div", { class: "unit" }, unitFacts(system, unitNumber), el("div", { class: "body", dir: "auto" }, text),
      others.length ? el("div", { class: "facts body" }, others) : null);
  },

  // Words that differ: for each system by unit; of the reference those that no chosen system has.
  differences(row) {
    const found = new Map();
    if (this.reference === null || !row.segments.length) return found;
    const reference = DATA.references[this.reference];
    const theirs = joined(row.segments.map((segment) => textOf(reference.segments[segment]))).text;
    let missing = null;
    for (const number of this.chosen) {
      const system = SYSTEMS[number];
      const parts = (row.units.get(number) ?? []).map((unit) => joined(system.units[unit][5].map((segment) => textOf(system.segments[segment]))).text);
      const mine = joined(parts);
      const both = parts.some((part) => part) ? differing(mine.text, theirs, reference.lang) : null;
      if (!both) continue;
      found.set(number, parts.map((part, place) => both[0].filter(([a]) => a >= mine.starts[place] && a < mine.starts[place] + part.length).map(([a, b]) => [a - mine.starts[place], b - mine.starts[place]])));
      const gone = new Map(both[1].map(([a, b]) => [a, b]));
      missing = missing === null ? gone : new Map([...missing].filter(([a]) => gone.has(a)));
    }
    found.set("reference", [...(missing ?? [])]);
    return found;
  },

  // Brings a unit into sight, its system chosen and no filter in the way; gives its row's element.
  show(system, unit) {
    const box = this.form.querySelector(`[name=system][value="${system}"]`);
    const has = (row) => row.units.get(system)?.includes(unit);
    if (!box.checked) { for (const other of this.form.querySelectorAll("[name=system]")) other.checked = false; box.checked = true; this.build(); }
    if (!this.shown.some(has)) {
      Object.assign(this.form.elements.text, { value: "" });
      this.form.elements.document.value = "";
      this.form.elements.rule.value = "";
      this.form.elements.found.checked = false;
      this.filter();
    }
    return this.list.show(this.shown.findIndex(has));
  },
};

const sourceName = () => (SOURCE.lang ? `Source · ${SOURCE.lang}` : "Source");

// Whether a unit of a system has a text that is not blank.
const filled = (system, unit) => unit[5].some((segment) => textOf(system.segments[segment]).trim());

// A finding about nearly all of a segment is named below the text: marked in it, it would hide all others.
const isWhole = ([start, end], text) => text.length > 40 && end - start > 0.8 * text.length;

function joined(parts) {
  const starts = [];
  let at = 0;
  for (const part of parts) { starts.push(at); at += part.length + 1; }
  return { text: parts.join(" "), starts };
}

// The kind of link, how sure it is, and the unit's scores, each with its meaning.
function unitFacts(system, number) {
  const unit = system.units[number], [, , link, sure, block] = unit, parts = [];
  if (KINDS[link]) parts.push(el("span", { class: `kind kind-${link}${link === "omitted" && system.kind !== "translation" ? " quiet" : ""}`, "data-tip": KINDS[link] + (block ? ` (block ${block})` : "") }, link));
  if (unit[5].length && unit[6].some((segments) => segments.length) && sure < 1)
    parts.push(el("span", { "data-tip": `The aligner's probability that these texts belong together: ${shownNumber(sure)}` }, `link ${shownNumber(sure)}`));
  (system.scores[number] ?? []).forEach((value, metric) => {
    if (value !== null) parts.push(el("span", { "data-tip": sayScore(system, metric, value) }, `${DATA.metrics[metric].title} ${shownNumber(value)}`));
  });
  return parts.length ? el("div", { class: "facts" }, parts) : null;
}

function sayScore(system, metric, value) {
  const { title, better, says } = DATA.metrics[metric];
  const ordered = orderedScores(system, metric);
  const below = ordered.findIndex((other) => other >= value), least = below < 0 ? ordered.length : below;
  const place = better === "lower" ? least : ordered.length - ordered.findLastIndex((other) => other <= value) - 1;
  return `${title} of this unit: ${shownNumber(value)}${better ? `, ${better} is better` : ""}. ${counted(place, "unit")} of ${ordered.length.toLocaleString("en-GB")} of ${system.name} ${place === 1 ? "is" : "are"} better.\n${title}: ${says}.`;
}

function orderedScores(system, metric) {
  system.ordered ??= [];
  return (system.ordered[metric] ??= system.scores.filter((row) => row && row[metric] !== null).map((row) => row[metric]).sort((a, b) => a - b));
}
