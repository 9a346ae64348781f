// From a finding to its place and back. The address says where the reader is, so the browser's Back works too:
// #f-SYSTEM-FINDING in the texts, #u-SYSTEM-UNIT in the texts, #l-SYSTEM-FINDING in the list of findings.
let camePlace = "";

function jump(hash) { if (location.hash === hash) route(); else location.hash = hash; }

function startJumps() {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#f-"]') : null;
    const mark = event.target instanceof Element ? event.target.closest("mark[data-findings]") : null;
    if (link?.closest("#findings-pane")) history.replaceState(null, "", link.getAttribute("href").replace("#f-", "#l-"));
    if (mark) pin(mark);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target instanceof Element && event.target.matches("mark[data-findings]") && ["Enter", " "].includes(event.key)) { event.preventDefault(); pin(event.target); }
  });
  byId("texts-back")?.addEventListener("click", () => history.back());
  window.addEventListener("hashchange", route);
  route();
}

// The explanation of a mark stays open, with a link to the finding in the list.
function pin(mark) {
  const keys = mark.dataset.findings.split(" ");
  const parts = keys.map((key) => {
    const [s, n] = key.split("-").map(Number);
    return el("div", {}, el("p", {}, said(sayFinding(SYSTEMS[s].findings[n]))), el("p", {}, el("a", { href: `#l-${s}-${n}`, onclick: () => { hideTip(); } }, "In the list of findings")));
  });
  const box = document.createDocumentFragment();
  box.append(...parts);
  showTip(mark, true, box);
  tip.querySelector("a").focus({ preventScroll: true });
}

function route() {
  const [kind, s, n] = [location.hash.slice(1, 2), ...location.hash.split("-").slice(1).map(Number)];
  const known = /^#[ful]-\d+-\d+$/.test(location.hash) && SYSTEMS[s];
  if (Texts.list) byId("texts-back").hidden = !(known && kind === "f" && camePlace);
  if (known && kind === "l" && SYSTEMS[s].findings[n] && Findings.list) toFinding(s, n);
  if (known && kind === "f" && SYSTEMS[s].findings[n] && Texts.list) toText(s, n);
  if (known && kind === "u" && SYSTEMS[s].units[n] && Texts.list) { openTab("aligned"); light(Texts.show(s, n), byId("texts-app")); }
  if (!known) openTab(tabOf(location.hash.length > 1 ? byId(decoded(location.hash.slice(1))) : null));
  camePlace = location.hash;
}

const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

function toFinding(s, n) {
  openTab("findings");
  light(Findings.show(s, n), byId("findings-app"));
}

function toText(s, n) {
  const finding = SYSTEMS[s].findings[n], system = SYSTEMS[s];
  const segment = finding[3][0]?.[0];
  const unit = segment === undefined ? finding[2] : system.units.findIndex((each) => each[5].includes(segment));
  if (unit < 0 && finding[2] < 0) return;
  byId("texts-back").hidden = false;
  openTab("aligned");
  const row = Texts.show(s, unit < 0 ? finding[2] : unit);
  const mark = `mark[data-findings~="${s}-${n}"]`;
  light(row, byId("texts-app"), row?.querySelector(`.unit ${mark}`) ?? row?.querySelector(mark));
}

// Marks where the reader has landed and puts the focus there.
function light(row, part, mark = null) {
  for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
  if (!row) return;
  row.classList.add("here");
  mark?.classList.add("here");
  part.scrollIntoView({ block: "start", behavior: "instant" });
  const stop = mark ?? row;
  if (!stop.hasAttribute("tabindex")) stop.tabIndex = -1;
  stop.focus({ preventScroll: true });
  hideTip();
}
