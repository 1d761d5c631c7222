import { endLine, hasBlock, marked, withoutBlocks } from './block.js';
import type { HookName } from './types.js';

/**
 * Joins lintel to a hook that is a shell script of someone else's: last in the file, after lint-staged, and
 * without `exec`, so that lines added later still run.
 *
 * A branch from before lintel has no run-hook: there the lines pass, unless HEAD or the index knows `.architecture`.
 */
export function hookLines(
  hook: HookName,
  options: { readonly lintStaged?: string | null; readonly standardInput?: 'saved' } = {},
): readonly string[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's braces, not a template's
  const feed = options.standardInput === 'saved' ? 'printf %s "${lintel_input%.}" | ' : '';
  return [
    ...(options.lintStaged && hook === 'pre-commit' ? [`${options.lintStaged} || exit $?`] : []),
    'if [ -f .architecture/run-hook ]; then',
    `  ${feed}sh .architecture/run-hook ${hook} "$@" || exit $?`,
    `elif ${GOVERNED}; then`,
    `  echo '${MISSING}' >&2`,
    '  exit 1',
    'fi',
  ];
}

const GOVERNED =
  'git ls-files --error-unmatch .architecture >/dev/null 2>&1 || git cat-file -e HEAD:.architecture 2>/dev/null';
const MISSING =
  'lintel: .architecture/run-hook is missing. Mend: git checkout HEAD -- .architecture/run-hook, or npx --no-install lintel init';

/** The same on one line, for files that hold a hook as a string. `"$@"` are the hook's arguments. */
export function hookCommand(hook: HookName): string {
  return (
    `if [ -f .architecture/run-hook ]; then sh .architecture/run-hook ${hook} "$@"; ` +
    `elif ${GOVERNED}; then echo '${MISSING}' >&2; exit 1; fi`
  );
}

/**
 * A pre-push that others read too (git-lfs): the first reader would leave nothing for the next. So the refs are
 * read at the top and given again, to what follows and to lintel. The dot keeps the last newline, which `$(…)` drops.
 */
const SAVE_INPUT: readonly string[] = [
  'lintel_input=$(cat && echo .) || exit 1',
  'if [ "$lintel_input" = . ]; then',
  '  exec </dev/null',
  'else',
  '  exec <<LINTEL_INPUT',
  // The document ends its last line by itself.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's braces, not a template's
  '$(printf %s "${lintel_input%.}")',
  'LINTEL_INPUT',
  'fi',
];

export function joinHook(
  before: string | null,
  hook: HookName,
  options: { readonly lintStaged?: string | null; readonly shebang?: boolean } = {},
): string {
  const text = endLine(withoutBlocks(before ?? (options.shebang === true ? '#!/bin/sh\n' : '')));
  const lintStaged = options.lintStaged ?? null;
  if (hook !== 'pre-push') return text + marked(hookLines(hook, { lintStaged }));
  const [shebang, rest] = splitShebang(text);
  return shebang + marked(SAVE_INPUT) + rest + marked(hookLines(hook, { standardInput: 'saved' }));
}

/** What is left once lintel's lines are out; `null`: nothing but a shebang, the file was lintel's own. */
export function leaveHook(text: string): string | null {
  if (!hasBlock(text)) return text;
  const rest = withoutBlocks(text);
  return splitShebang(rest)[1].trim() === '' ? null : rest;
}

/** Why lines at the end of this script might never run; `null`: they will. */
export function unjoinable(text: string): 'not-shell' | 'exec' | 'exit' | null {
  const [shebang, rest] = splitShebang(withoutBlocks(text));
  if (shebang !== '' && !/[\s/](?:ba|da|z|k|a)?sh(?:\s|$)/.test(shebang)) return 'not-shell';
  for (const line of rest.split('\n')) {
    // `exec` with nothing but redirections does not end the script.
    if (/^exec\s+(?![0-9]*[<>])/.test(line)) return 'exec';
    if (/^exit\b/.test(line)) return 'exit';
  }
  return null;
}

function splitShebang(text: string): readonly [string, string] {
  const end = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  return [text.slice(0, end), text.slice(end)];
}
