import type { DependencySource } from '../model/dependency.js';
import { answeredName } from './answered-name.js';
import { listed } from './denied-message.js';
import { packageRef, type Selected } from './dependency-rule.js';
import { shownUrl } from './shown-url.js';
import type { Fault, SourceRule, SourceType } from './source-check.js';
import { hostOf, isAllowedHost } from './source-host.js';

const FULL_COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

const CALLED: Readonly<Record<SourceType, string>> = {
  registry: 'the registry',
  workspace: 'the workspace',
  path: 'a path',
  git: 'a git repository',
  url: 'an address',
};

/** `types`: is it a way to come in that is allowed? Copies come as they lie, in the tree. */
export function typeFault({ types }: SourceRule, each: Selected): Fault | null {
  const { entry, file } = each;
  const { source } = entry;
  if (types === undefined || file.role === 'vendored' || types.includes(source.type)) return null;
  // A workflow's `uses: ./folder` is no package of anybody else's.
  if (entry.ecosystem === 'gha' && source.type === 'path' && source.path !== null) return null;
  const wrong = `which comes from ${CALLED[source.type]}${placeOf(source)}: allowed ${types.length === 1 ? 'is' : 'are'} only ${listed(types)}`;
  return { ...each, subject: `${source.type} ${packageRef(entry)}`, wrong };
}

function placeOf(source: DependencySource): string {
  if (source.type === 'path') return ` (${source.written})`;
  if (source.type === 'workspace') return source.path === null ? '' : ` (${source.path})`;
  return source.url === null ? '' : ` (${shownUrl(source.url)})`;
}

/** `hosts`: is it fetched from an allowed one, as far as the file says from where? */
export function hostFault({ hosts }: SourceRule, each: Selected): Fault | null {
  const { source } = each.entry;
  if (hosts === undefined || source.type === 'path' || source.type === 'workspace' || source.url === null)
    return null;
  const host = hostOf(source.url);
  if (host !== null && isAllowedHost(hosts, host)) return null;
  const from =
    host === null ? `${shownUrl(source.url)}, whose host can’t be told` : `${host} (${shownUrl(source.url)})`;
  return {
    ...each,
    subject: `host ${host ?? '?'} ${packageRef(each.entry)}`,
    wrong: `which comes from ${from}: allowed ${hosts.length === 1 ? 'is' : 'are'} only ${listed(hosts)}`,
  };
}

/** `redirects: false`: one package in place of another one. Another version or a patch of the same is none. */
export function redirectFault({ redirects }: SourceRule, each: Selected): Fault | null {
  const { entry } = each;
  if (redirects === undefined || entry.role !== 'redirect') return null;
  const answered = answeredName(entry);
  const isUnknown = entry.name.startsWith('?');
  if (answered === entry.name && !isUnknown) return null;
  const wrong = isUnknown
    ? 'and which packages it answers can’t be told: no package may be answered by another one'
    : `which is another package than ${answered}: no package may be answered by another one`;
  const subject =
    answered === entry.name || isUnknown
      ? `redirects ${packageRef(entry)}`
      : `redirects ${entry.ecosystem}:${answered} → ${packageRef(entry)}`;
  return { ...each, subject, wrong };
}

/** `pinned`: does what is written in the manifest settle what comes? */
export function pinFault({ pinned }: SourceRule, each: Selected): Fault | null {
  const { entry, file } = each;
  if (pinned === undefined || file.role !== 'manifest' || isPinned(each)) return null;
  return { ...each, subject: `pinned ${packageRef(entry)}`, wrong: `which ${wantedPin(each)}` };
}

function isPinned({ entry }: Selected): boolean {
  const { ecosystem, source, version, integrity } = entry;
  // What lies in the repository is settled by its commit.
  if (source.type === 'workspace' || (source.type === 'path' && source.path !== null)) return true;
  if (ecosystem === 'gha' || ecosystem === 'docker') return integrity.length > 0;
  if (source.type === 'git') return source.revision !== null && FULL_COMMIT.test(source.revision);
  if (source.type === 'registry') return version !== null;
  return integrity.length > 0;
}

function wantedPin({ entry }: Selected): string {
  const { ecosystem, source, range } = entry;
  if (ecosystem === 'gha')
    return 'is not pinned: its full commit is expected (uses: owner/name@<40 hex digits>)';
  if (ecosystem === 'docker') return 'is not pinned: its digest is expected (name:tag@sha256:…)';
  if (source.type === 'git')
    return `is not pinned: a full commit is expected, and ${source.revision ?? 'none'} is asked for`;
  if (source.type === 'registry')
    return `is not pinned: one exact version is expected, and ${range === null || range === '' ? 'none' : range} is asked for`;
  return 'is not pinned: nothing tells whether what lies there stays the same';
}
