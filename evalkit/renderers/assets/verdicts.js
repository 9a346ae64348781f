// What the reader says of findings: right, wrong, unsure and why; saved as a file that `evalkit review import` takes.
// Nothing is sent anywhere: the file is made in the page.
const Verdicts = {
  said: new Map(), // key -> { verdict, comment }
  saved: true,

  start() {
    if (!Findings.list) return;
    const button = el("button", { type: "button", id: "verdicts-save", onclick: () => this.save() }, "Save verdicts");
    this.count = el("span", { role: "status" });
    byId("findings-app").insertBefore(el("p", { class: "verdicts", id: "verdicts", hidden: true }, this.count, " ", button, " ", el("span", { class: "soft" }, "for evalkit review import")), byId("findings-pane"));
    window.addEventListener("beforeunload", (event) => { if (!this.saved) event.preventDefault(); });
  },

  // The controls of one finding.
  controls(finding) {
    const key = finding[10], now = this.said.get(key) ?? { verdict: "", comment: "" };
    const words = ["right", "wrong", "unsure"].map((word) => el("button", { type: "button", "aria-pressed": String(now.verdict === word), "data-word": word, onclick: () => this.say(key, { verdict: this.said.get(key)?.verdict === word ? "" : word }) }, word));
    const box = el("div", { class: "judge", "data-key": key }, el("span", { role: "group", "aria-label": "Verdict" }, words),
      el("input", { type: "text", class: "why", "aria-label": "Why", placeholder: "why (optional)", maxlength: 2000, dir: "auto", value: now.comment, hidden: !now.verdict, oninput: (event) => this.say(key, { comment: event.target.value }) }));
    return box;
  },

  say(key, part) {
    const now = { verdict: "", comment: "", ...this.said.get(key), ...part };
    if (now.verdict) this.said.set(key, now); else this.said.delete(key);
    for (const box of document.querySelectorAll(".judge")) {
      if (box.dataset.key !== key) continue;
      for (const button of box.querySelectorAll("button")) button.setAttribute("aria-pressed", String(now.verdict === button.dataset.word));
      box.querySelector(".why").hidden = !now.verdict;
    }
    this.saved = this.said.size === 0;
    byId("verdicts").hidden = this.said.size === 0;
    this.count.textContent = `${counted(this.said.size, "finding")} judged.`;
  },

  // A cell of a table: in quotes, and with an apostrophe before what a spreadsheet would take for a formula.
  cell(text) { return `"${(/^[=+\-@\t\r＝＋－＠']/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`; },

  table() {
    const rows = [["id", "system", "rule", "found", "verdict", "comment"]], done = new Set();
    SYSTEMS.forEach((system) => system.findings.forEach((finding) => {
      const said = this.said.get(finding[10]);
      if (!said || done.has(finding[10])) return;
      done.add(finding[10]);
      rows.push([finding[10], system.name, ruleOf(finding).rule, finding[5], said.verdict, said.comment]);
    }));
    return rows.map((row) => row.map((text) => this.cell(text)).join(",")).join("\r\n") + "\r\n";
  },

  save() {
    const address = URL.createObjectURL(new Blob(["\ufeff", this.table()], { type: "text/csv" }));
    el("a", { href: address, download: "verdicts.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    this.saved = true;
  },
};
