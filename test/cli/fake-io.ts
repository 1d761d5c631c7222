import type { Io, Output } from '../../src/cli/io.js';
import type { Services } from '../../src/cli/services.js';
import type { Repository } from '../../src/git/repository.js';
import type { Json } from '../../src/model/canonical.js';
import type { Verdict } from '../../src/model/verdict.js';
import type { LogEntry, Store } from '../../src/store/store.js';
import { COMMIT } from '../report/fixtures.js';

type Gates = Awaited<ReturnType<Services['gates']>>;

/** What a test says of the world behind the commands; what it leaves out fails when it is asked for. */
export interface World {
  readonly gates?: Partial<Gates>;
  readonly repository?: Partial<Repository>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly terminal?: 'terminal' | 'pipe';
  readonly log?: readonly LogEntry[];
  readonly lastVerdicts?: readonly Verdict[];
  readonly cwd?: string;
}

/** Throws, naming the member, for everything that the test did not give. */
function strict<T extends object>(name: string, members: Partial<T>): T {
  return new Proxy(members, {
    get(target, key) {
      if (key in target) return Reflect.get(target, key);
      if (key === 'then') return undefined;
      throw new Error(`the test gives no ${name}.${String(key)}`);
    },
  }) as T;
}

export interface FakeIo {
  readonly io: Io;
  readonly out: { readonly stdout: string; readonly stderr: string };
  readonly documents: ReadonlyMap<string, Json>;
  readonly opened: { readonly repositories: number; readonly closed: number };
}

export function fakeIo(world: World = {}): FakeIo {
  const out = { stdout: '', stderr: '' };
  const opened = { repositories: 0, closed: 0 };
  const documents = new Map<string, Json>();
  const isTTY = world.terminal === 'terminal';
  const store = strict<Store>('store', {
    directory: '/repository/.git/lintel',
    log: () => world.log ?? [],
    lastVerdicts: () => world.lastVerdicts ?? [],
    document: name => documents.get(name) ?? null,
    saveDocument: (name, content) => void documents.set(name, content),
  });
  const services = strict<Services>('services', {
    openRepository: async () => {
      opened.repositories += 1;
      return strict<Repository>('repository', {
        commonDirectory: '/repository/.git',
        worktree: '/repository',
        listIndex: async () => [],
        peelToCommit: async () => COMMIT,
        commit: async oid => ({
          oid,
          tree: COMMIT,
          parents: [],
          author: { name: '', email: '', time: 0 },
          committer: { name: '', email: '', time: 0 },
          message: '',
        }),
        treeEntry: async () => null,
        close: async () => {
          opened.closed += 1;
        },
        ...world.repository,
      });
    },
    openStore: async () => store,
    gates: async () => strict<Gates>('gates', world.gates ?? {}),
  });
  const stream = (name: 'stdout' | 'stderr'): Output => ({
    isTTY,
    columns: isTTY ? 80 : undefined,
    write(text) {
      out[name] += text;
    },
  });
  const io: Io = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    stdin: { isTTY, read: async () => world.stdin ?? '', ask: async () => null },
    environment: world.environment ?? {},
    cwd: world.cwd ?? '/repository',
    now: () => new Date('2026-11-21T23:30:00-05:00'),
    services,
  };
  return { io, out, documents, opened };
}
