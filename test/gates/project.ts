/** A real repository with decisions, judged in this process: scenarios read as files in, verdict out. */

import type { CommitMoment } from '../../src/gates/index.js';
import {
  type GateContext,
  judgeAll,
  judgeCommit,
  judgePush,
  judgeRange,
  listWaivers,
  type PushLine,
  recordCommit,
  waive,
} from '../../src/gates/index.js';
import { openRepository } from '../../src/git/index.js';
import { isoDate } from '../../src/model/brand.js';
import type { Verdict } from '../../src/model/verdict.js';
import { openStore } from '../../src/store/index.js';
import {
  createRepository,
  type FileContent,
  type RepositoryOptions,
  type TestRepository,
} from '../support/repository.js';

export const TODAY = '2026-11-21';

export interface Project {
  readonly repo: TestRepository;
  within<T>(
    use: (context: GateContext) => Promise<T>,
    asOf?: string,
    environment?: Record<string, string>,
  ): Promise<T>;
  staged(asOf?: string, environment?: Record<string, string>, moment?: CommitMoment): Promise<Verdict>;
  range(base: string, head?: string): Promise<Verdict>;
  all(asOf?: string): Promise<Verdict>;
  push(lines: readonly PushLine[], remote?: string): Promise<readonly Verdict[]>;
  /** Writes and stages, then judges the index. */
  judge(files: Readonly<Record<string, FileContent>>): Promise<Verdict>;
  waive(ids: readonly string[], days?: number, asOf?: string): Promise<void>;
  dispose(): Promise<void>;
}

export async function createProject(
  files: Readonly<Record<string, FileContent>>,
  options: RepositoryOptions = {},
): Promise<Project> {
  const repo = await createRepository(options);
  if (Object.keys(files).length > 0) repo.commitFiles('start', files);
  const within: Project['within'] = async (use, asOf = TODAY, environment = {}) => {
    const repository = await openRepository({ cwd: repo.path, environment: { ...repo.env, ...environment } });
    try {
      return await use({
        repository,
        store: openStore(repository.commonDirectory),
        asOf: isoDate(asOf),
        tool: { name: 'lintel', version: '0.0.0', digest: 'test' },
        environment: { ...repo.env, ...environment },
      });
    } finally {
      await repository.close();
    }
  };
  const staged: Project['staged'] = (asOf, environment, moment) =>
    within(context => judgeCommit(context, moment), asOf, environment);
  return {
    repo,
    within,
    staged,
    range: (base, head = 'HEAD') => within(context => judgeRange(context, { base, head })),
    all: asOf => within(context => judgeAll(context), asOf),
    push: (lines, remote = 'origin') => within(context => judgePush(context, { remote, url: remote }, lines)),
    judge: given => {
      repo.write(given);
      repo.stage();
      return staged();
    },
    async waive(ids, days, asOf) {
      const outcome = await within(
        context =>
          waive(context, {
            findings: ids,
            reason: 'the migration is under way',
            by: 'tess@example.com',
            at: `${asOf ?? TODAY}T10:00:00.000Z`,
            ...(days === undefined ? {} : { days }),
          }),
        asOf,
      );
      if (!outcome.ok) throw new Error(outcome.problem);
      for (const { path, text } of outcome.files) {
        repo.write({ [path]: text });
        repo.stage(path);
      }
    },
    dispose: () => repo.dispose(),
  };
}

export { listWaivers, recordCommit, waive };

/** One decision as a Markdown file; `invariants` is YAML, indented by two. */
export function decision(id: string, invariants: string, more = ''): string {
  const body = invariants
    .trim()
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n');
  return `---\nid: ${id}\ntitle: Decision ${id}\nstatus: accepted\n${more}invariants:\n${body}\n---\n# Decision ${id}\n`;
}

export const COMPONENTS = `version: 1
components:
  ui: src/ui/**
  db: src/db/**
`;

export const UI_OFF_DB = decision(
  'ADR-0001',
  `- id: ui-off-db
  forbid-import: { from: ui, to: db }
  because: Queries in the UI cannot be cached.
  instead: Call src/api.`,
);

export const BASIC = {
  '.architecture/config.yaml': COMPONENTS,
  '.architecture/decisions/0001-ui-off-db.md': UI_OFF_DB,
  'src/ui/list.ts': 'export const list = 1;\n',
  'src/db/pool.ts': 'export const pool = 1;\n',
  'src/api/index.ts': "export { pool } from '../db/pool';\n",
} as const;

export const VIOLATION = {
  'src/ui/list.ts': "import { pool } from '../db/pool';\nexport const list = pool;\n",
} as const;

/** Makes a project, hands it to `use`, and removes it whatever happens. */
export async function withProject(
  use: (project: Project) => Promise<void>,
  files: Readonly<Record<string, FileContent>> = BASIC,
): Promise<void> {
  const created = await createProject(files);
  try {
    await use(created);
  } finally {
    await created.dispose();
  }
}

/** `state path subject` of each finding. */
export function summary(verdict: Verdict): readonly string[] {
  return verdict.findings.map(({ state, path, subject }) => `${state} ${path} ${subject}`);
}
