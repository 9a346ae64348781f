// What the rows follow: the reference, without one the source, else nothing: how many parts it has, those of a unit, and
// the names of the documents of those that may stand in no unit.
function axisOf(reference) {
  if (reference !== null) return { count: DATA.references[reference].segments.length, of: (unit) => unit[6][reference] ?? [], document: () => undefined };
  if (SOURCE) return { count: SOURCE.segments.length, of: (unit) => unit[7], document: (piece) => SOURCE.documents[SOURCE.of[piece]] };
  return { count: 0, of: () => [], document: () => undefined };
}

// The rows of the texts side by side: parts of the reference, or of the source, in order, each with the units of every
// chosen system that render any of it; parts that some unit takes together are one row. Added units stand where the
// system has them.
function buildRows(chosen, reference) {
  const rows = [];
  const documents = documentsOf(chosen);
  const axis = axisOf(reference);
  const groups = groupsOf(chosen, axis);
  const made = new Map(); // first segment of a group -> row
  for (const root of [...new Set(groups.roots)]) made.set(root, { segments: [], units: new Map(), document: Math.max(0, documents.names.indexOf(axis.document(root))) });
  groups.roots.forEach((root, segment) => made.get(root).segments.push(segment));
  const extra = new Map(); // row key -> rows of added units after it
  for (const system of chosen) {
    let last = null;
    SYSTEMS[system].units.forEach((unit, number) => {
      const theirs = axis.of(unit);
      const row = theirs.length ? made.get(groups.roots[theirs[0]]) : null;
      if (row) { put(row, system, number); row.document = documents.get(`${system}-${unit[1]}`); last = row; return; }
      const added = { segments: [], units: new Map(), document: documents.get(`${system}-${unit[1]}`) };
      put(added, system, number);
      if (!extra.has(last)) extra.set(last, []);
      extra.get(last).push(added);
    });
  }
  rows.push(...(extra.get(null) ?? []));
  for (const row of made.values()) rows.push(row, ...(extra.get(row) ?? []));
  for (const row of rows) row.source = reference === null && SOURCE ? row.segments : piecesOf(row);
  return rows;
}

// The pieces of the source beside the units of a row, in order.
function piecesOf(row) {
  const found = [...row.units].flatMap(([system, numbers]) => numbers.flatMap((number) => SYSTEMS[system].units[number][7]));
  return [...new Set(found)].sort((a, b) => a - b);
}

function put(row, system, number) {
  if (row.units.has(system)) row.units.get(system).push(number); else row.units.set(system, [number]);
}

// Documents by name over all systems, so that one filter serves all.
function documentsOf(chosen) {
  const numbers = new Map(), found = new Map();
  for (const system of chosen) {
    SYSTEMS[system].documents.forEach((name, place) => {
      if (!numbers.has(name)) numbers.set(name, numbers.size);
      found.set(`${system}-${place}`, numbers.get(name));
    });
  }
  found.names = [...numbers.keys()];
  return found;
}

// Union of segments of the axis that a unit of a chosen system takes together; each segment's root is its first.
function groupsOf(chosen, axis) {
  const roots = Array.from({ length: axis.count }, (_, segment) => segment);
  const find = (segment) => { while (roots[segment] !== segment) segment = roots[segment] = roots[roots[segment]]; return segment; };
  for (const system of chosen) {
    for (const unit of SYSTEMS[system].units) {
      const theirs = axis.of(unit);
      for (const other of theirs.slice(1)) {
        const [a, b] = [find(theirs[0]), find(other)];
        roots[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  return { roots: roots.map((_, segment) => find(segment)) };
}
