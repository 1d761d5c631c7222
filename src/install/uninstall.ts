import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { configurationOf, RUN_HOOK, runHookEdit } from './architecture.js';
import { readText } from './files.js';
import { placeOf } from './init.js';
import { Journal } from './journal.js';
import { HOOK_MANAGERS_IN_ORDER } from './managers/index.js';
import { messages } from './messages.js';
import type { Place } from './place.js';
import { prepareEdit } from './prepare.js';
import { forgetPaths } from './record.js';
import type { FileEdit, InstallContext } from './types.js';

export interface UninstallReport {
  /** Byte for byte as they were before lintel, relative to the root. */
  readonly restored: readonly string[];
  /** Lintel's part taken out, the rest left as somebody has changed it since. */
  readonly changed: readonly string[];
  /** Left where they are, with the reason. */
  readonly kept: readonly { readonly path: string; readonly why: string }[];
  readonly done: readonly string[];
}

/** Puts everything back as it was before `init`. Decisions that the team has written stay. */
export async function uninstall(context: InstallContext): Promise<UninstallReport> {
  const place = placeOf(context);
  const journal = new Journal(place);
  const name = (path: string) => relative(place.root, path).replaceAll('\\', '/');
  // Asked before anything changes: what holds lintel is how a manager is known.
  const edits = editsOf(place);
  const kept = decisionsToKeep(place, journal);
  const keptPaths = new Set(kept.map(({ path }) => join(place.root, path)));

  const restored: string[] = [];
  for (const path of [...journal.files()].reverse())
    if (!keptPaths.has(path) && journal.restore(path)) restored.push(name(path));

  const changed: string[] = [];
  for (const edit of edits) {
    if (keptPaths.has(edit.path)) continue;
    const now = readText(edit.path);
    if (now === null) continue;
    const rest = edit.remove(now);
    if (rest === now) continue;
    if (rest === null) rmSync(edit.path);
    else writeFileSync(edit.path, rest);
    changed.push(name(edit.path));
  }
  const done = HOOK_MANAGERS_IN_ORDER.flatMap(manager => manager.deactivate(place, journal));
  forgetPaths(place);
  journal.close();
  // Caches, receipts and the log: nothing of them has a meaning without lintel.
  rmSync(join(place.commonDirectory, 'lintel'), { recursive: true, force: true });

  const visible = restored.filter(path => !path.startsWith('.git/') && !path.startsWith('../'));
  for (const path of visible)
    context.say(existsSync(join(place.root, path)) ? messages.restored(path) : messages.removed(path));
  for (const path of changed)
    context.say(messages.changed(path, 'lintel is taken out; the rest is as you have changed it'));
  for (const { path, why } of kept) context.say(messages.kept(path, why));
  for (const what of done) context.say(messages.did(what));
  context.say(messages.uninstalled);
  return { restored, changed, kept, done };
}

function editsOf(place: Place): readonly FileEdit[] {
  const prepare = prepareEdit(place);
  return [
    ...(prepare === null ? [] : [prepare]),
    ...HOOK_MANAGERS_IN_ORDER.flatMap(manager => manager.plan(place, { lintStaged: null }).edits),
    ...(existsSync(join(place.root, RUN_HOOK)) ? [runHookEdit(place)] : []),
  ];
}

/** Decisions are the team's work: those that lintel did not write, or that were changed since, stay with their configuration. */
function decisionsToKeep(place: Place, journal: Journal): UninstallReport['kept'] {
  const folder = '.architecture/decisions';
  const names = existsSync(join(place.root, folder)) ? readdirSync(join(place.root, folder)) : [];
  const written = names.map(file => `${folder}/${file}`);
  // An example that was written into the team's own folder of records.
  const elsewhere = journal
    .files()
    .map(path => relative(place.root, path).replaceAll('\\', '/'))
    .filter(path => path.endsWith('.md') && !path.startsWith('.') && existsSync(join(place.root, path)));
  const own = [...written, ...elsewhere].filter(path => !journal.untouched(join(place.root, path)));
  if (own.length === 0) return [];
  const kept = own.map(path => ({ path, why: 'a decision that you have written or changed' }));
  const configuration = configurationOf(place);
  return configuration === null || configuration === 'package.json'
    ? kept
    : [...kept, { path: configuration, why: 'the configuration of the decisions that stay' }];
}
