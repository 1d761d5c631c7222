import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../command.js';
import { LINTEL } from '../messages.js';
import type { Place } from '../place.js';
import { readManifest } from '../place.js';
import { installScript } from '../prepare.js';
import { isExecutable } from '../program.js';
import { entryFile, nodeFile, readLine } from '../record.js';
import type { Check } from './check.js';

/** What src/git asks for, and package.json's `engines`. */
const GIT_MINIMUM = [2, 31] as const;
const NODE_MINIMUM = [20, 19] as const;

/** The programs: git, node, this package, and where hooks will look for them. */
export function installationChecks(place: Place): readonly Check[] {
  return [
    gitVersion(place),
    nodeVersion(process.version, 'this node'),
    recordedNode(place),
    recordedEntry(place),
    script(place),
  ];
}

function gitVersion(place: Place): Check {
  const printed = place.git('version').stdout.trim();
  const good = atLeast(printed, GIT_MINIMUM);
  return {
    id: 'git-version',
    state: good ? 'ok' : 'problem',
    what: good ? printed : `${printed} is older than ${GIT_MINIMUM.join('.')}`,
    mend: good ? null : 'install a newer git, or name its binary in LINTEL_GIT',
  };
}

function nodeVersion(version: string, which: string): Check {
  const good = atLeast(version, NODE_MINIMUM);
  return {
    id: 'node-version',
    state: good ? 'ok' : 'problem',
    what: good ? `${which} is ${version}` : `${which} is ${version}, older than ${NODE_MINIMUM.join('.')}`,
    mend: good ? null : `install a newer node, then: ${LINTEL} install`,
  };
}

/** A version manager removes old versions: the recorded path then leads nowhere, and PATH may hold none. */
function recordedNode(place: Place): Check {
  const id = 'recorded-node';
  const mend = `${LINTEL} install`;
  const recorded = readLine(nodeFile(place));
  if (recorded === null)
    return {
      id,
      state: 'warn',
      what: 'no path of node is recorded: hooks rely on PATH, which graphical clients may lack',
      mend,
    };
  if (!isExecutable(recorded))
    return { id, state: 'problem', what: `the recorded node ${recorded} is gone`, mend };
  const version = runCommand(recorded, ['--version'], { cwd: place.root, environment: place.environment });
  if (version.status !== 0)
    return {
      id,
      state: 'problem',
      what: `the recorded node ${recorded} does not start: ${version.stderr.trim()}`,
      mend,
    };
  return { ...nodeVersion(version.stdout.trim(), `the recorded node ${recorded}`), id };
}

function recordedEntry(place: Place): Check {
  const id = 'package';
  const own = join(place.root, place.prefix, 'node_modules', 'lintel');
  const recorded = readLine(entryFile(place));
  const found = [own, ...(recorded === null ? [] : [recorded])].find(folder =>
    existsSync(join(folder, 'dist', 'hook.cjs')),
  );
  return found === undefined
    ? { id, state: 'problem', what: 'hooks find no lintel here, and stop every commit', mend: 'npm install' }
    : { id, state: 'ok', what: `hooks run lintel from ${found}`, mend: null };
}

function script(place: Place): Check {
  const id = 'prepare';
  if (place.packageFolder === null)
    return {
      id,
      state: 'warn',
      what: 'there is no package.json: nothing sets the hooks up after a clone',
      mend: `run ${LINTEL} install in each clone`,
    };
  const name = installScript(place);
  const scripts = readManifest(place.packageFolder)?.['scripts'];
  const line =
    typeof scripts === 'object' && scripts !== null ? (scripts as Record<string, unknown>)[name] : undefined;
  return typeof line === 'string' && /\blintel install\b/.test(line)
    ? { id, state: 'ok', what: `"${name}" sets the hooks up at every install`, mend: null }
    : {
        id,
        state: 'warn',
        what: `"${name}" of ${place.prefix}package.json does not set the hooks up: a fresh clone has none`,
        mend: `${LINTEL} init`,
      };
}

function atLeast(text: string, [major, minor]: readonly [number, number]): boolean {
  const [, foundMajor = '0', foundMinor = '0'] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return Number(foundMajor) > major || (Number(foundMajor) === major && Number(foundMinor) >= minor);
}
