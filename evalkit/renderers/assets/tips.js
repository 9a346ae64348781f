// What a number or a mark means: shown on hover, on focus and on touch, in one box for the whole page.
const tip = byId("tip");
let tipOwner = null, tipPinned = false;

function placeTip(owner) {
  const box = owner.getBoundingClientRect(), width = document.documentElement.clientWidth;
  tip.hidden = false;
  const left = Math.min(Math.max(12, box.left), Math.max(12, width - tip.offsetWidth - 12));
  const fits = box.bottom + tip.offsetHeight + 12 < window.innerHeight;
  const top = fits ? box.bottom + 6 : Math.max(6, box.top - tip.offsetHeight - 6);
  tip.style.left = `${left + window.scrollX}px`;
  tip.style.top = `${top + window.scrollY}px`;
}

function showTip(owner, pinned = false, content = null) {
  tipOwner = owner;
  tipPinned = pinned;
  tip.setAttribute("role", pinned ? "dialog" : "tooltip");
  if (pinned) tip.setAttribute("aria-label", "Explanation"); else tip.removeAttribute("aria-label");
  tip.replaceChildren(content ?? owner.dataset.tip);
  placeTip(owner);
  if (!pinned) owner.setAttribute("aria-describedby", "tip");
}

function hideTip() {
  tipOwner?.removeAttribute("aria-describedby");
  tip.hidden = true;
  tipOwner = null;
  tipPinned = false;
}

// Titles written for readers without JavaScript become tips, which also keyboard and touch reach.
function adoptTitles(root) {
  for (const owner of root.querySelectorAll("[title]")) {
    owner.dataset.tip = owner.title;
    owner.removeAttribute("title");
  }
}

function startTips() {
  adoptTitles(document.body);
  const owned = (event) => (event.target instanceof Element ? event.target.closest("[data-tip]") : null);
  document.addEventListener("pointerover", (event) => {
    if (tipPinned || event.pointerType === "touch") return;
    const owner = owned(event);
    if (owner) showTip(owner); else if (!tip.contains(event.target)) hideTip();
  });
  document.addEventListener("focusin", (event) => {
    const owner = owned(event);
    if (owner && !tipPinned) showTip(owner); else if (!tipPinned && !tip.contains(event.target)) hideTip();
  });
  document.addEventListener("click", (event) => {
    const owner = owned(event);
    if (owner && !owner.closest("button") && !owner.matches("mark, [role='graphics-symbol']")) showTip(owner);
    else if (tipPinned && !tip.contains(event.target) && event.target !== tipOwner) hideTip();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || tip.hidden) return;
    const owner = tipOwner;
    hideTip();
    owner?.focus?.();
  });
  document.addEventListener("scroll", () => {
    if (!tipOwner || tipPinned) return;
    if (tipOwner.contains(document.activeElement)) placeTip(tipOwner); else hideTip();
  }, { passive: true, capture: true });
}
