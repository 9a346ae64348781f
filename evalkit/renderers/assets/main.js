// The parts of the page, started in order; if one fails, the page without JavaScript comes back and says so.
function startTheme() {
  const button = byId("theme"), root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const name = () => { button.textContent = dark() ? "Light" : "Dark"; button.setAttribute("aria-label", `Switch to ${dark() ? "light" : "dark"} colours`); };
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  name();
}

// The tabs: the sections a word of the contents stands for are in sight, all others a click away.
function openTab(id) {
  const links = [...document.querySelectorAll("nav a")];
  const link = links.find((each) => each.dataset.parts.split(" ").includes(id)) ?? links[0];
  if (!link || link.hasAttribute("aria-current")) return;
  const shown = link.dataset.parts.split(" ");
  for (const each of links) if (each === link) each.setAttribute("aria-current", "true"); else each.removeAttribute("aria-current");
  let first = true;
  for (const part of document.querySelectorAll(".part")) {
    const here = shown.includes(part.id);
    part.classList.toggle("elsewhere", !here);
    part.classList.toggle("first-part", here && first && !part.classList.contains("static"));
    if (here && !part.classList.contains("static")) first = false;
  }
  const top = document.querySelector(".top").offsetHeight;
  if (scrollY > top) scrollTo({ top, behavior: "instant" });
}

const tabOf = (element) => element?.closest(".part")?.id;

// What a card speaks of is shown where it stands: the findings of a severity, or one in its text.
function startCards() {
  for (const link of document.querySelectorAll("[data-go]")) if (Texts.list) link.setAttribute("href", link.dataset.go);
  for (const link of document.querySelectorAll(".tally [data-severity]")) {
    link.addEventListener("click", () => { if (Findings.list) Findings.only({ system: link.dataset.system, severity: link.dataset.severity }); });
  }
}

try {
  indexMarks();
  startTheme();
  startTips();
  Texts.start();
  Findings.start();
  Verdicts.start();
  Units.start();
  startSorting();
  startCharts();
  startRoving();
  startCards();
  startJumps();
} catch (problem) {
  document.documentElement.classList.remove("js");
  document.querySelector("main").prepend(el("p", { class: "note" }, `The interactive part of this report failed in this browser (${problem.message}); all else is here.`));
  throw problem;
}
