import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeJsonMember, setJsonMember } from './json-text.js';
import { type Place, readManifest } from './place.js';
import type { FileEdit, ManualStep } from './types.js';

/**
 * What package.json runs, so that every later install sets the hooks up by itself.
 *
 * `lintel install || exit 0`, because it
 * - survives lintel's absence (`npm ci --omit=dev`) and a folder without `.git`, without needing any file of the
 *   repository (an image may copy package.json alone before it installs);
 * - means the same to sh, cmd.exe and yarn's own shell, in which `;`, `true` and single quotes do not;
 * - hides nothing: npm, pnpm and yarn show what a root script prints, and `lintel doctor` finds what failed.
 *   An install that broke because of hooks would teach people to take lintel out.
 */
const COMMAND = 'lintel install || exit 0';

export type Script = 'prepare' | 'postinstall';

/** Yarn 2 and later run no `prepare` on install; npm, pnpm and yarn 1 do. */
export function installScript(place: Place): Script {
  const folder = place.packageFolder ?? place.root;
  const manager = readManifest(folder)?.['packageManager'];
  const berry =
    existsSync(join(folder, '.yarnrc.yml')) ||
    (typeof manager === 'string' && /^yarn@(?:[2-9]|\d{2,})/.test(manager));
  return berry ? 'postinstall' : 'prepare';
}

/** Appends lintel to a script that is there. Parentheses, where its own operators would take in ours. */
export function withLintel(script: string | undefined): string {
  if (script === undefined || script.trim() === '') return COMMAND;
  if (/\blintel install\b/.test(script)) return script;
  const own = /[|&;]/.test(script.replaceAll('&&', '')) ? `(${script})` : script;
  return `${own} && (${COMMAND})`;
}

export function withoutLintel(script: string): string | null {
  if (script === COMMAND) return null;
  const tail = ` && (${COMMAND})`;
  if (!script.endsWith(tail)) return script;
  const own = script.slice(0, -tail.length);
  const inner = own.startsWith('(') && own.endsWith(')') ? own.slice(1, -1) : own;
  // Only the parentheses that we put there.
  return withLintel(inner) === script ? inner : own;
}

export function prepareEdit(place: Place): FileEdit | null {
  if (place.packageFolder === null) return null;
  const script = installScript(place);
  const path = join(place.packageFolder, 'package.json');
  const current = (text: string): string | undefined => {
    const scripts = (JSON.parse(text.replace(/^\uFEFF/, '')) as { scripts?: Record<string, unknown> })
      .scripts;
    const value = scripts?.[script];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    path,
    what: `"${script}" runs \`lintel install\`: every later install sets the hooks up by itself`,
    apply: before => {
      const text = before ?? '{}\n';
      const was = current(text);
      const wanted = withLintel(was);
      return was === wanted ? text : (setJsonMember(text, ['scripts', script], wanted) ?? text);
    },
    remove: now => {
      const was = current(now);
      const rest = was === undefined ? undefined : withoutLintel(was);
      if (rest === was || rest === undefined) return now;
      if (rest !== null) return setJsonMember(now, ['scripts', script], rest) ?? now;
      return removeJsonMember(now, ['scripts', script]);
    },
  };
}

/** What the script can't do by itself: a published package would run `postinstall` at its users' too. */
export function prepareAdvice(place: Place): ManualStep | null {
  if (place.packageFolder === null)
    return {
      where: 'your set-up instructions',
      why: 'there is no package.json here, so nothing runs lintel after a clone',
      lines: ['npx --no-install lintel install'],
    };
  if (installScript(place) === 'prepare') return null;
  const manifest = readManifest(place.packageFolder);
  if (manifest?.['private'] === true) return null;
  return {
    where: 'package.json',
    why:
      'yarn 2 and later run no `prepare`, so lintel uses `postinstall`, which the users of a published package ' +
      'would run too. If this package is published, take it out while packing (yarn add -D pinst), or add "private": true',
    lines: ['"prepack": "pinst --disable",', '"postpack": "pinst --enable"'],
  };
}

/** Is package.json readable as JSON? @returns the parser's words otherwise. */
export function manifestProblem(place: Place): string | null {
  if (place.packageFolder === null) return null;
  try {
    JSON.parse(readFileSync(join(place.packageFolder, 'package.json'), 'utf8').replace(/^\uFEFF/, ''));
    return null;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}
