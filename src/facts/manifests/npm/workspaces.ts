import { matchesGlob } from '../syntax/glob.js';
import { isObject } from './json-text.js';
import { within } from './paths.js';

/**
 * Globs of a workspace's members, from the repository's root; with `!` in front, those that are none.
 * @param value what stands under `workspaces` or `packages`: a list, or (Yarn, Bun) an object with `packages`
 */
export function workspaceGlobs(value: unknown, folder: string): string[] {
  const list = isObject(value) ? value.packages : value;
  if (!Array.isArray(list)) return [];
  const globs: string[] = [];
  for (const item of list) {
    if (typeof item !== 'string') continue;
    const not = item.startsWith('!');
    const place = within(folder, item.slice(not ? 1 : 0));
    if (place !== null) globs.push(not ? `!${place}` : place);
  }
  return globs;
}

/** Is the folder a member? The last glob that fits decides, as npm has it. */
export function isMember(globs: readonly string[], folder: string): boolean {
  let member = false;
  for (const glob of globs) {
    const not = glob.startsWith('!');
    if (not === member && fits(not ? glob.slice(1) : glob, folder)) member = !not;
  }
  return member;
}

const MAX_ALTERNATIVES = 64;

function fits(glob: string, folder: string): boolean {
  return alternatives(glob).some(one => matchesGlob(one, folder));
}

/** `a/{b,c}` → `a/b`, `a/c`. */
function alternatives(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const start = next.lastIndexOf('{');
    const end = start === -1 ? -1 : next.indexOf('}', start);
    if (end === -1 || open.length + done.length > MAX_ALTERNATIVES) {
      done.push(next);
      continue;
    }
    for (const one of next.slice(start + 1, end).split(','))
      open.push(next.slice(0, start) + one + next.slice(end + 1));
  }
  return done;
}
