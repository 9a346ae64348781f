"use strict";
// Everything here can be done without it: forms are sent, pages reload. It saves the waiting.
document.documentElement.classList.add("js");

function follow(box) {
  const look = async () => {
    let found;
    try {
      const answer = await fetch(box.dataset.state, { headers: { Accept: "application/json" } });
      if (!answer.ok) { location.reload(); return; }
      found = await answer.json();
    } catch { setTimeout(look, 2000); return; }
    if (found.state === "done" || found.state === "failed") {
      const to = new URLSearchParams(location.search).get("to");
      location.replace(location.pathname + (found.state === "done" && to === "findings" ? "/findings?order=worst&added=yes" : ""));
      return;
    }
    const waiting = box.querySelector(".waiting");
    waiting.hidden = !found.before;
    waiting.textContent = `${found.before} before this one.`;
    box.querySelectorAll(".steps li").forEach((step, n) => {
      if (step.className !== found.steps[n].state) step.className = found.steps[n].state;
      if (found.steps[n].state === "now") step.setAttribute("aria-current", "step"); else step.removeAttribute("aria-current");
    });
    setTimeout(look, 400);
  };
  setTimeout(look, 250);
}

function drops(side) {
  const input = side.querySelector("input[type=file]"), label = side.querySelector(".drop"), said = side.querySelector(".chosen");
  const show = () => {
    said.textContent = [...input.files].map((file) => file.name).join(", ");
    label.classList.toggle("has-file", input.files.length > 0);
  };
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) side.addEventListener(kind, (event) => { event.preventDefault(); label.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) side.addEventListener(kind, () => label.classList.remove("over"));
  side.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
  });
  show();
}

async function judge(form, button) {
  const article = form.closest("[data-finding]"), said = form.querySelector(".saved");
  const data = new FormData(form);
  data.set("verdict", button.value);
  let answer, found;
  try {
    answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    found = await answer.json();
  } catch { found = { problem: "Not saved: the server does not answer." }; }
  if (found.problem) { said.textContent = found.problem; said.classList.add("failed"); return; }
  said.classList.remove("failed");
  said.textContent = found.verdict ? "saved" : "taken back";
  article.className = `finding ${found.verdict}`;
  form.querySelectorAll("[aria-pressed]").forEach((each) => each.setAttribute("aria-pressed", String(each.value === found.verdict)));
  form.querySelector(".back").hidden = !found.verdict;
  document.querySelectorAll("[data-count]").forEach((each) => { each.textContent = found.account.counts[each.dataset.count] || 0; });
  document.querySelectorAll("[data-penalty]").forEach((each) => { each.textContent = found.account.systems[each.dataset.penalty].penalty; });
}

function keys(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  const article = event.target.closest("[data-finding]");
  const all = [...document.querySelectorAll("[data-finding]")];
  if (!article || !all.length) return;
  const place = all.indexOf(article), words = { r: "right", w: "wrong", u: "unsure" };
  if (event.key === "j" || event.key === "k") {
    const next = all[place + (event.key === "j" ? 1 : -1)];
    if (next) { next.focus(); next.scrollIntoView({ block: "start" }); event.preventDefault(); }
  } else if (words[event.key]) {
    article.querySelector(`button[value=${words[event.key]}]`).click();
    event.preventDefault();
  }
}

document.querySelectorAll("[data-state]").forEach(follow);
document.querySelectorAll("[data-drop]").forEach(drops);
document.querySelectorAll("[data-judge]").forEach((form) => form.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  judge(form, event.submitter);
}));
document.addEventListener("keydown", keys);

// A sentence dragged to another row; the buttons do the same without a mouse.
function drags(form) {
  let held = "";
  for (const sentence of form.querySelectorAll("[data-move]")) {
    sentence.draggable = true;
    sentence.addEventListener("dragstart", (event) => { held = sentence.dataset.move; event.dataTransfer.setData("text/plain", ""); });
  }
  for (const row of form.querySelectorAll("[data-row]")) {
    row.addEventListener("dragover", (event) => { if (held) { event.preventDefault(); row.classList.add("over"); } });
    row.addEventListener("dragleave", () => row.classList.remove("over"));
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!held) return;
      const op = document.createElement("input");
      Object.assign(op, { type: "hidden", name: "op", value: `move:${held}:${row.dataset.row}` });
      form.append(op);
      form.submit();
    });
  }
  form.querySelector(".here")?.scrollIntoView({ block: "center" });
}
document.querySelectorAll("[data-links]").forEach(drags);
