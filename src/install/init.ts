import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { architectureOf, configurationOf, runHookEdit } from './architecture.js';
import { InstallError } from './command.js';
import { applyEdit, pending } from './files.js';
import { Journal } from './journal.js';
import { quoted } from './lint-staged.js';
import { lintStagedWanted } from './lint-staged-wanted.js';
import { detectManager, managerOf } from './managers/index.js';
import type { HookManager } from './managers/manager.js';
import { messages } from './messages.js';
import { locate, type Place, readManifest } from './place.js';
import { manifestProblem, prepareAdvice, prepareEdit } from './prepare.js';
import { recordPaths } from './record.js';
import { type Survey, survey } from './survey.js';
import type { FileEdit, HookManagerId, InstallContext, ManualStep } from './types.js';

export interface InitOptions extends InstallContext {
  /** Never ask. */
  readonly yes: boolean;
  /** Hooks by this means, whatever is in use. */
  readonly hooks?: HookManagerId;
  /** Today, UTC, `YYYY-MM-DD`: the example decision's date. */
  readonly asOf?: string;
  /** Given only where there is a terminal. */
  ask?(question: string): Promise<boolean>;
}

export interface InitReport {
  /** `false`: the person said no, and nothing was written. */
  readonly confirmed: boolean;
  readonly hooks: HookManagerId;
  /** Files that were created or changed, relative to the root. */
  readonly files: readonly string[];
  /** What else was done in this clone. */
  readonly done: readonly string[];
  /** What a person still has to do. */
  readonly manual: readonly ManualStep[];
  /** The example decision that was written. */
  readonly example: { readonly id: string; readonly path: string } | null;
}

/**
 * Sets lintel up in a repository: says what it found, writes, says what it did. Changes nothing the second time.
 * @throws InstallError with the remedy.
 */
export async function init(options: InitOptions): Promise<InitReport> {
  const { say } = options;
  const place = placeOf(options);
  const broken = manifestProblem(place);
  if (broken !== null)
    throw new InstallError(
      `lintel: ${place.prefix}package.json is no JSON (${broken}). Mend it, then run init again.`,
    );
  const found = survey(place);
  const detected = detectManager(place);
  const manager = options.hooks === undefined ? detected.manager : managerOf(options.hooks);
  refuseOrphans(manager, detected);
  describe(place, found, detected.evidence, manager, say);

  const lintStaged = lintStagedWanted(place, manager);
  const asOf = options.asOf ?? new Date().toISOString().slice(0, 10);
  const architecture = architectureOf(place, found, asOf);
  const plan = manager.plan(place, { lintStaged });
  const prepare = prepareEdit(place);
  const edits: readonly FileEdit[] = [
    ...architecture.edits,
    ...(manager.id === 'git' ? [] : [runHookEdit(place)]),
    ...plan.edits,
    ...(prepare === null ? [] : [prepare]),
  ];
  const name = (path: string) => relative(place.root, path).replaceAll('\\', '/');
  const outstanding = edits.filter(edit => pending(edit) !== 'unchanged');
  if (options.ask !== undefined && !options.yes && outstanding.length > 0) {
    for (const edit of outstanding)
      say(`will ${pending(edit) === 'created' ? 'write ' : 'change'}  ${name(edit.path)}: ${edit.what}`);
    if (!(await options.ask(messages.confirm))) {
      say(messages.declined);
      return { confirmed: false, hooks: manager.id, files: [], done: [], manual: [], example: null };
    }
  }

  const journal = new Journal(place);
  const files: string[] = [];
  for (const edit of edits) {
    const result = applyEdit(edit, journal);
    if (result === 'unchanged') continue;
    files.push(name(edit.path));
    say(messages[result === 'created' ? 'wrote' : 'changed'](name(edit.path), edit.what));
  }
  const activation = manager.activate(place, journal, { lintStaged: lintStaged !== null });
  const done = [...recordPaths(place, journal), ...activation.done];
  for (const what of done) say(messages.did(what));
  const advice = prepareAdvice(place);
  const manual = [...plan.manual, ...activation.manual, ...(advice === null ? [] : [advice])];
  for (const step of manual) sayManual(step, say);
  if (files.length === 0 && done.length === 0 && manual.length === 0) say(messages.nothingChanged);
  const committed = pathsToCommit(place, files);
  if (committed.length > 0) {
    say('');
    say(messages.commitWritten(committed));
  }
  if (architecture.example !== null) {
    const { change } = architecture.example.example;
    say(messages.accept(architecture.example.id));
    say(messages.wouldBlock(changeCommands(place, change), `git rm -qf -- ${change.path}`));
  }
  return {
    confirmed: true,
    hooks: manager.id,
    files,
    done,
    manual,
    example:
      architecture.example === null
        ? null
        : { id: architecture.example.id, path: name(architecture.example.path) },
  };
}

/** @throws InstallError where there is no repository, or no git. */
export function placeOf(context: InstallContext): Place {
  const place = locate(context);
  if (!('missing' in place)) return place;
  throw new InstallError(
    place.missing === 'git' ? messages.noGit(place.reason) : messages.noRepository(context.cwd),
  );
}

export function sayManual(step: ManualStep, say: (line: string) => void): void {
  say(messages.manual(step.where, step.why));
  for (const line of step.lines) say(`    ${line}`);
}

/** husky sends git away from its own hooks folder: hooks that somebody wrote there would never run again. */
function refuseOrphans(wanted: HookManager, detected: ReturnType<typeof detectManager>): void {
  if (wanted.id === 'git' || wanted.id === detected.manager.id || detected.manager.id !== 'git') return;
  if (detected.evidence?.startsWith('hand-written') !== true) return;
  throw new InstallError(
    `lintel: there are hand-written hooks in git’s own folder, and ${wanted.title} would leave them without effect.\n` +
      '  Mend: run init with --hooks git, which chains them, or move them into your hook manager first.',
  );
}

function describe(
  place: Place,
  found: Survey,
  evidence: string | null,
  manager: HookManager,
  say: (line: string) => void,
): void {
  say(messages.found(`the repository ${place.root}`));
  if (place.packageFolder === null) say(messages.found('no package.json'));
  else if (place.prefix !== '') say(messages.found(`package.json in ${place.prefix}, below the root`));
  else
    say(
      messages.found(
        `package.json at the root${readManifest(place.root)?.['private'] === true ? ' (private)' : ''}`,
      ),
    );
  const languages = found.languages
    .slice(0, 5)
    .map(({ name, files }) => `${name} (${files} ${files === 1 ? 'file' : 'files'})`);
  say(messages.found(languages.length === 0 ? 'no source files yet' : `languages: ${languages.join(', ')}`));
  if (found.workspaces !== null)
    say(messages.found(`workspaces: ${[found.workspaces.file, ...found.workspaces.globs].join(' ')}`));
  if (found.adrFolder !== null)
    say(messages.found(`decision records in ${found.adrFolder}/, which are used as they are`));
  const configuration = configurationOf(place);
  if (configuration !== null) say(messages.found(`lintel’s configuration in ${configuration}`));
  say(messages.found(evidence ?? 'no hook manager'));
  say(messages.found(`so hooks go through ${manager.title}`));
}

/** What `git add` must be given: whole folders where they are lintel's or the hook manager's own. */
function pathsToCommit(place: Place, files: readonly string[]): readonly string[] {
  const inTree = files.filter(file => !file.startsWith('.git/') && !file.startsWith('../'));
  const locks = inTree.includes(`${place.prefix}package.json`)
    ? ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'].map(name => place.prefix + name)
    : [];
  const paths = inTree.map(file => /^\.(?:architecture|husky)(?=\/)/.exec(file)?.[0] ?? file);
  return [...new Set([...paths, ...locks.filter(lock => existsSync(join(place.root, lock)))])].map(quoted);
}

function changeCommands(place: Place, change: { readonly path: string; readonly text: string }): string {
  const folder = change.path.slice(0, Math.max(0, change.path.lastIndexOf('/')));
  const text = change.text.replace(/\n$/, '').replaceAll('"', '\\"');
  return [
    ...(folder === '' || existsSync(join(place.root, folder)) ? [] : [`  mkdir -p ${folder}`]),
    `  echo "${text}" > ${change.path}`,
    // `.env` is what people ignore.
    `  git add ${change.path === '.env' ? '-f ' : ''}${change.path} && git commit -m "Try lintel"`,
  ].join('\n');
}
