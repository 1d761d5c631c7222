/** Section → key → value; a value's further lines are joined by line ends. As `configparser` reads setup.cfg. */
export function readIni(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | null = null;
  let key: string | null = null;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    if (trimmed.startsWith('[') && trimmed.endsWith(']') && !/^\s/.test(line)) {
      const name = trimmed.slice(1, -1).trim();
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      key = null;
    } else if (/^\s/.test(line) && key !== null && section !== null) {
      section.set(key, `${section.get(key) ?? ''}\n${trimmed}`);
    } else {
      const at = line.search(/[=:]/);
      if (at === -1 || section === null) continue;
      key = line.slice(0, at).trim();
      section.set(key, line.slice(at + 1).trim());
    }
  }
  return sections;
}
