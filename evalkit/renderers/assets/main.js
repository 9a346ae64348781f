// The parts of the page, started in order; if one fails, the page without JavaScript comes back and says so.
function startTheme() {
  const button = byId("theme"), root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const name = () => { button.textContent = dark() ? "Light" : "Dark"; button.setAttribute("aria-label", `Switch to ${dark() ? "light" : "dark"} colours`); };
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  name();
}

// Shows in the contents which section is being read.
function startContents() {
  const links = [...document.querySelectorAll("nav a")];
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) { if (entry.isIntersecting) seen.add(entry.target.id); else seen.delete(entry.target.id); }
    const first = [...document.querySelectorAll(".part")].find((part) => seen.has(part.id));
    for (const link of links) { if (first && link.dataset.parts.split(" ").includes(first.id)) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current"); }
  }, { rootMargin: "-60px 0px -55% 0px" });
  for (const part of document.querySelectorAll(".part")) watch.observe(part);
}

try {
  indexMarks();
  startTheme();
  startTips();
  Texts.start();
  Findings.start();
  Units.start();
  startSorting();
  startCharts();
  startRoving();
  startContents();
  startJumps();
} catch (problem) {
  document.documentElement.classList.remove("js");
  document.querySelector("main").prepend(el("p", { class: "note" }, `The interactive part of this report failed in this browser (${problem.message}); all else is here.`));
  throw problem;
}
