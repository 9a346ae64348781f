// The charts: what a mark shows on hover, focus and touch; all of one system stand out; a click leads to what it shows.
function startCharts() {
  for (const figure of document.querySelectorAll(".chart")) {
    const targets = DATA.targets[figure.dataset.chart] ?? [];
    for (const panel of figure.querySelectorAll(".panel")) {
      panel.querySelectorAll("[data-mark]").forEach((mark, place) => {
        mark.dataset.tip = mark.getAttribute("aria-label");
        mark.setAttribute("tabindex", place ? "-1" : "0");
        const target = targets[Number(mark.dataset.mark)] ?? {};
        if (target.system !== undefined) mark.dataset.system = target.system;
        mark.addEventListener("pointerenter", () => pick(mark.dataset.system));
        mark.addEventListener("focus", () => pick(mark.dataset.system));
        mark.addEventListener("pointerleave", () => pick(undefined));
        mark.addEventListener("blur", () => pick(undefined));
        mark.addEventListener("click", () => follow(figure.dataset.chart, target));
      });
      panel.addEventListener("keydown", (event) => stepMark(panel, event, figure.dataset.chart, targets));
    }
  }
}

function pick(system) {
  for (const figure of document.querySelectorAll(".chart")) {
    figure.classList.toggle("picked", system !== undefined && figure.querySelector(`[data-system="${system}"]`) !== null);
    for (const mark of figure.querySelectorAll("[data-mark]")) mark.classList.toggle("same", mark.dataset.system === system);
  }
}

// Arrow keys go from mark to mark, Enter follows.
function stepMark(panel, event, chart, targets) {
  const marks = [...panel.querySelectorAll("[data-mark]")], place = marks.indexOf(document.activeElement);
  if (place < 0) return;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step && marks[place + step]) { event.preventDefault(); event.stopPropagation(); marks[place + step].focus(); }
  if (event.key === "Enter") follow(chart, targets[Number(marks[place].dataset.mark)] ?? {});
}

// From a mark to the findings, the place in the texts, or the units it stands for.
function follow(chart, target) {
  if (target.system === undefined) return;
  if (chart === "findings" && Findings.list) { Findings.only(target); toPart("findings-app"); }
  else if (chart === "coverage" && target.segment !== undefined) {
    const unit = SYSTEMS[target.system].units.findIndex((each) => each[6].some((segments) => segments.includes(target.segment)));
    if (unit >= 0) jump(`#u-${target.system}-${unit}`);
  } else if (Units.list) { Units.only(target.system); toPart("units"); }
}

const toPart = (id) => { openTab(tabOf(byId(id))); byId(id).scrollIntoView({ block: "start" }); };
