import type { PushLine } from '../gates/types.js';
import { reportFailure } from './failure.js';
import type { Io } from './io.js';
import { nearest, UsageError } from './usage.js';

/** The hooks that lintel stands behind. */
const HOOKS = ['pre-commit', 'pre-merge-commit', 'post-commit', 'pre-push'] as const;
type HookName = (typeof HOOKS)[number];

/** In a hook at most this many findings are printed in full; `lintel explain` shows them all. */
const SHOWN_IN_FULL = 10;

function isHook(name: string): name is HookName {
  return HOOKS.some(known => known === name);
}

/**
 * One line of pre-push's standard input: `<local-ref> <local-oid> <remote-ref> <remote-oid>`.
 * The local ref is whatever was typed, and `HEAD^{/two words}` has a space in it; the other three have none.
 */
const PUSH_LINE = /^(?<localRef>.+) (?<localOid>[0-9a-f]+) (?<remoteRef>\S+) (?<remoteOid>[0-9a-f]+)$/;

export function parsePushLines(input: string): readonly PushLine[] {
  return input
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const groups = PUSH_LINE.exec(line)?.groups;
      if (groups === undefined)
        throw new Error(`not a line of pre-push's standard input: ${JSON.stringify(line)}`);
      const { localRef = '', localOid = '', remoteRef = '', remoteOid = '' } = groups;
      return { localRef, localOid, remoteRef, remoteOid };
    });
}

async function judgeAtCommit(io: Io, moment: 'commit' | 'pre-merge-commit'): Promise<number> {
  const { withSession } = await import('./session.js');
  const { gravest, verdictText } = await import('./present.js');
  return withSession(io, async context => {
    const { judgeCommit } = await io.services.gates();
    const verdict = await judgeCommit(context, moment);
    const to = { stream: io.stderr, limit: SHOWN_IN_FULL };
    if (!verdict.policy.ungoverned) io.stderr.write(await verdictText(context, [verdict], io, to));
    return gravest([verdict]);
  });
}

async function judgeAtPush(args: readonly string[], io: Io): Promise<number> {
  const lines = parsePushLines(await io.stdin.read());
  // "Everything up-to-date", or all refused as non-fast-forward: git runs the hook with nothing to judge.
  if (lines.length === 0) return 0;
  const [remote, url] = args;
  if (remote === undefined)
    throw new UsageError("pre-push needs the remote's name and URL", 'call: lintel hook pre-push REMOTE URL');
  const { withSession } = await import('./session.js');
  const { gravest, verdictText } = await import('./present.js');
  return withSession(io, async context => {
    const { judgePush } = await io.services.gates();
    const verdicts = await judgePush(context, { remote, url: url ?? remote }, lines);
    const governed = verdicts.filter(({ policy }) => !policy.ungoverned);
    const to = { stream: io.stderr, limit: SHOWN_IN_FULL };
    if (governed.length > 0) io.stderr.write(await verdictText(context, governed, io, to));
    return gravest(verdicts);
  });
}

async function record(io: Io): Promise<number> {
  const { withSession } = await import('./session.js');
  return withSession(io, async context => {
    const { recordCommit } = await io.services.gates();
    await recordCommit(context, io.now());
    return 0;
  });
}

/**
 * What git's hooks run when the quick path can't decide. Everything is printed on standard error: standard
 * output of a hook belongs to the command that git runs.
 * @param args what git gave the hook.
 * @returns the exit code; anything but 0 stops git (post-commit's is ignored by it).
 */
export async function runHook(name: string, args: readonly string[], io: Io): Promise<number> {
  try {
    if (!isHook(name)) {
      const near = await nearest(name, HOOKS);
      throw new UsageError(
        `lintel has no hook ${JSON.stringify(name)}`,
        near === null ? `known hooks: ${HOOKS.join(', ')}` : `did you mean ${near}?`,
      );
    }
    switch (name) {
      case 'pre-commit':
        return await judgeAtCommit(io, 'commit');
      case 'pre-merge-commit':
        return await judgeAtCommit(io, 'pre-merge-commit');
      case 'post-commit':
        return await record(io);
      case 'pre-push':
        return await judgeAtPush(args, io);
    }
  } catch (error) {
    return reportFailure(error, io);
  }
}
