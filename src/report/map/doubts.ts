import { visible } from '../escape.js';

export interface Doubtful {
  readonly commit: string;
  readonly unread: readonly { readonly path: string; readonly message: string }[];
  readonly problems: readonly {
    readonly severity: string;
    readonly path: string;
    readonly line: number;
    readonly message: string;
  }[];
  readonly rules: readonly unknown[];
  readonly verdict: {
    readonly errors: readonly { readonly message: string; readonly path: string | null }[];
  } | null;
}

/** What a reader must know that the picture can't show. Not whole: imports or violations may be missing. */
export function doubts({ unread, problems, rules, verdict, commit }: Doubtful): {
  readonly notes: readonly string[];
  readonly isWhole: boolean;
} {
  const notes: string[] = [];
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (problem !== undefined)
    notes.push(
      `the policy does not compile, so components and violations are not drawn: ${visible(problem.path)}:${problem.line}: ${visible(problem.message)}`,
    );
  for (const { path, message } of unread)
    notes.push(`the imports of ${visible(path)} are missing here: ${visible(message)}`);
  if (rules.length > 0 && verdict === null)
    notes.push(`violations are marked only at HEAD; this is ${commit.slice(0, 10)}`);
  const read = new Set(unread.map(({ path }) => path));
  const errors = (verdict?.errors ?? []).filter(({ path }) => path === null || !read.has(path));
  for (const { path, message } of errors)
    notes.push(`violations may be missing: ${path === null ? '' : `${visible(path)}: `}${visible(message)}`);
  return { notes, isWhole: unread.length === 0 && errors.length === 0 };
}
