/** Does the path match the glob of folders: `*`, `?` within a segment, `**` for any number of segments? */
export function matchesGlob(glob: string, path: string): boolean {
  const patterns = glob.split('/');
  const segments = path.split('/');
  // Which numbers of leading segments the patterns so far can have matched.
  let reached = new Set([0]);
  for (const pattern of patterns) {
    const next = new Set<number>();
    for (const count of reached) {
      if (pattern === '**') for (let end = count; end <= segments.length; end++) next.add(end);
      else if (count < segments.length && matchesSegment(pattern, segments[count] ?? '')) next.add(count + 1);
    }
    reached = next;
  }
  return reached.has(segments.length);
}

/** The last `*` takes as little as it can, and more when what follows fails: quadratic at worst. */
function matchesSegment(pattern: string, segment: string): boolean {
  let at = 0;
  let star = -1;
  let taken = 0;
  let index = 0;
  while (index < segment.length) {
    if (pattern[at] === '*') {
      star = at++;
      taken = index;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === segment[index])) {
      at++;
      index++;
    } else if (star !== -1) {
      at = star + 1;
      index = ++taken;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
