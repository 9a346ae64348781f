// The data of the page and the few helpers all parts use. Text from the data only ever becomes a text node.
const DATA = JSON.parse(document.getElementById("data").textContent);
const SYSTEMS = DATA.systems;
const SOURCE = DATA.source; // the text that was translated, null where none was given
const textOf = (number) => DATA.texts[number];
const byId = (id) => document.getElementById(id);

// An element with attributes, listeners (`onclick`), and children (nodes or texts); null children are left out.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

const shownNumber = (value, places = 2) =>
  value.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
const counted = (amount, noun, plural = noun + "s") => `${amount.toLocaleString("en-GB")} ${amount === 1 ? noun : plural}`;

// A message of evalkit, which is English whatever it quotes: a quotation in right-to-left letters turns itself only.
const QUOTATION = /(?<![\p{L}\p{N}])('.+?'|".+?")(?![\p{L}\p{N}])/u;
const said = (message) => message.split(QUOTATION).flatMap((part, i) =>
  i % 2 ? [part[0], el("bdi", {}, part.slice(1, -1)), part.at(-1)] : [part]);

function fillSelect(select, entries, chosen) {
  select.replaceChildren(...entries.map(([value, label]) => el("option", { value, selected: value === chosen }, label)));
}

// Calls once input has paused.
function settled(call, wait = 120) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(call, wait); };
}

// The texts in lower case, made when first searched.
const lowered = [];
const lowerText = (number) => (lowered[number] ??= textOf(number).toLowerCase());
