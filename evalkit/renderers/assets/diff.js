// Words that differ: the tokens of two texts, and which of them are not in a longest common sequence of both.
const MOST_STEPS = 600; // differing words up to which texts are compared; beyond that it would take too long

const segmenters = new Map();
function segmenter(lang) {
  if (!segmenters.has(lang)) {
    let made = null;
    try { made = new Intl.Segmenter(lang || "en", { granularity: "word" }); } catch { made = new Intl.Segmenter("en", { granularity: "word" }); }
    segmenters.set(lang, made);
  }
  return segmenters.get(lang);
}

// [start, end, word] of every token that is not white space; words of languages without spaces too.
function tokensOf(text, lang) {
  const found = [];
  for (const { segment, index } of segmenter(lang).segment(text)) {
    if (segment.trim()) found.push([index, index + segment.length, segment]);
  }
  return found;
}

// Myers' greedy algorithm: for each side, whether each token is common to both; null where they differ too much.
function common(one, two) {
  const keptOne = new Array(one.length).fill(false), keptTwo = new Array(two.length).fill(false);
  const trace = [], ends = new Map([[1, 0]]), most = one.length + two.length;
  for (let steps = 0; steps <= most; steps++) {
    if (steps > MOST_STEPS) return null;
    trace.push(new Map(ends));
    for (let k = -steps; k <= steps; k += 2) {
      const down = k === -steps || (k !== steps && (ends.get(k - 1) ?? -1) < (ends.get(k + 1) ?? -1));
      let x = down ? ends.get(k + 1) ?? 0 : (ends.get(k - 1) ?? 0) + 1;
      while (x < one.length && x - k < two.length && one[x] === two[x - k]) x++;
      ends.set(k, x);
      if (x >= one.length && x - k >= two.length) { walkBack(trace, one.length, two.length, keptOne, keptTwo); return [keptOne, keptTwo]; }
    }
  }
  return [keptOne, keptTwo];
}

function walkBack(trace, x, y, keptOne, keptTwo) {
  for (let steps = trace.length - 1; steps >= 0; steps--) {
    const ends = trace[steps], k = x - y;
    const down = k === -steps || (k !== steps && (ends.get(k - 1) ?? -1) < (ends.get(k + 1) ?? -1));
    const before = down ? k + 1 : k - 1;
    const fromX = steps ? ends.get(before) ?? 0 : 0, fromY = steps ? fromX - before : 0;
    while (x > fromX && y > fromY) { x--; y--; keptOne[x] = true; keptTwo[y] = true; }
    if (steps) [x, y] = [fromX, fromY];
  }
}

// The differing words of a candidate and a reference as [start, end] of each; null where there is too much to compare.
function differing(candidate, reference, lang) {
  const one = tokensOf(candidate, lang), two = tokensOf(reference, lang);
  const kept = common(one.map((token) => token[2]), two.map((token) => token[2]));
  if (!kept) return null;
  const spans = (tokens, keep) => tokens.filter((_, place) => !keep[place]).map(([start, end]) => [start, end]);
  return [spans(one, kept[0]), spans(two, kept[1])];
}
