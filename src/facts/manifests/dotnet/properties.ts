import type { XmlElement } from '../syntax/xml.js';

/**
 * Properties of a project file by name in small letters, as MSBuild takes them: the last one counts. Where a condition
 * other than that it is not yet set decides, and values differ, it can't be told: there is none.
 */
export function propertiesOf(root: XmlElement): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  const unsure = new Set<string>();
  const walk = (parent: XmlElement, isConditional: boolean): void => {
    for (const child of parent.children) {
      const depends = isConditional || child.name === 'When' || child.name === 'Target' || isOpen(child);
      if (child.name !== 'PropertyGroup') {
        if (child.children.length > 0) walk(child, depends);
        continue;
      }
      for (const property of child.children) {
        const name = property.name.toLowerCase();
        const before = properties.get(name);
        if (isDefault(property, name)) {
          if (before === undefined) properties.set(name, property.text);
        } else if (!depends && !isOpen(property)) {
          properties.set(name, property.text);
          unsure.delete(name);
        } else if (before === undefined) properties.set(name, property.text);
        else if (before !== property.text) unsure.add(name);
      }
    }
  };
  walk(root, false);
  for (const name of unsure) properties.delete(name);
  return properties;
}

function isOpen(element: XmlElement): boolean {
  return (element.attributes.get('Condition') ?? '').trim() !== '';
}

/** `Condition="'$(X)' == ''"` on X. */
function isDefault(element: XmlElement, name: string): boolean {
  const condition = element.attributes.get('Condition') ?? '';
  return condition.replaceAll(' ', '').toLowerCase() === `'$(${name})'==''`;
}

/** Fills in `$(Name)`; `null`: one of them is not known here, or is a function of MSBuild's. */
export function expand(text: string, property: (name: string) => string | null, depth = 0): string | null {
  let expanded = '';
  let from = 0;
  for (let at = text.indexOf('$('); at !== -1; at = text.indexOf('$(', from)) {
    const end = text.indexOf(')', at);
    const name = end === -1 ? '' : text.slice(at + 2, end);
    if (!/^[A-Za-z_][\w.-]*$/.test(name) || depth > 20) return null;
    const value = property(name.toLowerCase());
    const inner = value === null ? null : expand(value, property, depth + 1);
    // A long value times many mentions must not grow without end.
    if (inner === null || expanded.length + inner.length > 10_000) return null;
    expanded += text.slice(from, at) + inner;
    from = end + 1;
  }
  return expanded + text.slice(from);
}
