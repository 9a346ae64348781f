// The rows of the texts side by side: parts of the reference in order, each with the units of every chosen system
// that render any of it; parts that some unit takes together are one row. Added units stand where the system has them.
function buildRows(chosen, reference) {
  const rows = [];
  const documents = documentsOf(chosen);
  const groups = groupsOf(chosen, reference);
  const made = new Map(); // first segment of a group -> row
  for (const root of [...new Set(groups.roots)]) made.set(root, { segments: [], units: new Map(), document: 0 });
  groups.roots.forEach((root, segment) => made.get(root).segments.push(segment));
  const extra = new Map(); // row key -> rows of added units after it
  for (const system of chosen) {
    let last = null;
    SYSTEMS[system].units.forEach((unit, number) => {
      const theirs = reference === null ? [] : unit[6][reference] ?? [];
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
  return rows;
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

// Union of reference segments that a unit of a chosen system takes together; each segment's root is its first.
function groupsOf(chosen, reference) {
  const count = reference === null ? 0 : DATA.references[reference].segments.length;
  const roots = Array.from({ length: count }, (_, segment) => segment);
  const find = (segment) => { while (roots[segment] !== segment) segment = roots[segment] = roots[roots[segment]]; return segment; };
  for (const system of chosen) {
    for (const unit of SYSTEMS[system].units) {
      const theirs = unit[6][reference] ?? [];
      for (const other of theirs.slice(1)) {
        const [a, b] = [find(theirs[0]), find(other)];
        roots[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  return { roots: roots.map((_, segment) => find(segment)) };
}
