// The text of a segment with findings marked in place and, where asked for, words that differ.
const LONGEST = 4000; // characters of a segment shown at once

// Findings by the segment they mark: for each system, and for each reference and the source of each system.
function indexMarks() {
  for (const system of SYSTEMS) {
    system.here = new Map();
    system.there = DATA.references.map(() => new Map());
    system.beside = new Map();
    system.byUnit = new Map();
    system.findings.forEach((finding, number) => {
      const add = (map, key, value) => { if (map.has(key)) map.get(key).push(value); else map.set(key, [value]); };
      for (const [segment, start, end] of finding[3]) add(system.here, segment, [start, end, number]);
      for (const [reference, segment, start, end] of finding[4]) add(system.there[reference], segment, [start, end, number]);
      for (const [piece, start, end] of finding[11]) add(system.beside, piece, [start, end, number]);
      if (finding[2] >= 0) add(system.byUnit, finding[2], number);
    });
  }
}

const severityOf = (finding) => DATA.severities[finding[1]];
const ruleOf = (finding) => DATA.rules[finding[0]];

function sayFinding(finding) {
  const wanted = finding[7].length ? `\nExpected: ${finding[7].join(" / ")}` : "";
  return `${ruleOf(finding).rule} (${severityOf(finding)}): ${finding[6]}${wanted}`;
}

// `marks` are [start, end, system, finding]; `words` are [start, end] to be drawn as `tag` (ins or del).
function drawText(text, marks, words = [], tag = "ins") {
  const shown = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const body = el("span", {});
  fillText(body, shown, marks, words, tag);
  if (shown.length < text.length) {
    const more = el("button", { type: "button", class: "link" }, ` … show ${counted(text.length - shown.length, "more character")}`);
    more.addEventListener("click", () => { body.replaceChildren(); fillText(body, text, marks, [], tag); });
    body.append(more);
  }
  return body;
}

function fillText(body, text, marks, words, tag) {
  const cuts = new Set([0, text.length]);
  for (const [start, end] of [...marks, ...words]) { cuts.add(Math.min(start, text.length)); cuts.add(Math.min(end, text.length)); }
  const places = [...cuts].sort((a, b) => a - b);
  let open = null, openKey = "";
  for (let i = 0; i + 1 < places.length; i++) {
    const [from, to] = [places[i], places[i + 1]];
    const found = marks.filter((mark) => mark[0] <= from && mark[1] >= to);
    const differs = words.some((word) => word[0] <= from && word[1] >= to);
    const key = found.map((mark) => `${mark[2]}-${mark[3]}`).join(" ");
    const piece = text.slice(from, to);
    if (key !== openKey) { open = key ? markOf(found, key, piece.trim() === "") : null; openKey = piece.trim() ? key : ""; if (open) body.append(open); }
    (open ?? body).append(differs ? el(tag, {}, piece) : piece);
  }
}

// The space between two marks is coloured like them but is no stop of its own.
function markOf(found, key, space) {
  const worst = Math.min(...found.map(([, , system, number]) => SYSTEMS[system].findings[number][1]));
  if (space) return el("mark", { class: `m-${DATA.severities[worst]}` });
  const says = found.map(([, , system, number]) => sayFinding(SYSTEMS[system].findings[number])).join("\n\n");
  return el("mark", { class: `m-${DATA.severities[worst]}`, role: "button", tabindex: "0", "data-tip": says, "data-findings": key });
}
