import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Example, exampleFor, exampleText } from './example.js';
import { launcherText } from './launcher.js';
import type { Place } from './place.js';
import type { Survey } from './survey.js';
import type { FileEdit } from './types.js';

/** The files of `.architecture/` that init writes. */
export interface Architecture {
  readonly edits: readonly FileEdit[];
  /** The example decision, where one is written or was written before and is untouched. */
  readonly example: { readonly id: string; readonly path: string; readonly example: Example } | null;
}

const CONFIGURATIONS = [
  '.architecture/config.yaml',
  'lintel.config.yaml',
  'lintel.config.yml',
  'lintel.config.json',
  '.lintelrc',
  '.lintelrc.yaml',
  '.lintelrc.yml',
  '.lintelrc.json',
];
export const RUN_HOOK = '.architecture/run-hook';

/** The configuration file that is there; `package.json` for its key; `null`: none. */
export function configurationOf(place: Place): string | null {
  const file = CONFIGURATIONS.find(name => existsSync(join(place.root, name)));
  if (file !== undefined) return file;
  const manifest = join(place.root, 'package.json');
  const holdsKey = existsSync(manifest) && /"lintel"\s*:\s*\{/.test(readFileSync(manifest, 'utf8'));
  return holdsKey ? 'package.json' : null;
}

export function architectureOf(place: Place, found: Survey, asOf: string): Architecture {
  const edits: FileEdit[] = [];
  const decisions = found.adrFolder ?? '.architecture/decisions';
  const fresh = configurationOf(place) === null;
  // Decisions that are there are the team's: nothing to give an example of.
  const governed = existsSync(join(place.root, '.architecture/decisions'));
  const configuration = join(place.root, '.architecture/config.yaml');
  if (fresh) edits.push(created(configuration, 'where decisions lie', configurationText(found)));
  let example: Architecture['example'] = null;
  if (fresh && !governed) {
    const { id, file } = nextRecord(join(place.root, decisions));
    const chosen = exampleFor(found);
    const path = join(place.root, decisions, `${file}-${chosen.slug}.md`);
    example = { id, path, example: chosen };
    edits.push(
      created(path, `an example decision, proposed: ${chosen.title}`, exampleText(chosen, id, asOf)),
    );
  }
  return { edits, example };
}

/** What hook managers call. */
export function runHookEdit(place: Place): FileEdit {
  return {
    path: join(place.root, RUN_HOOK),
    what: 'what hooks call to find lintel',
    mode: 0o755,
    apply: () => launcherText(place, { lintStaged: false }),
    remove: () => null,
  };
}

function created(path: string, what: string, text: string): FileEdit {
  return { path, what, apply: before => before ?? text, remove: now => (now === text ? null : now) };
}

function configurationText(found: Survey): string {
  const decisions =
    found.adrFolder === null
      ? '# decisions: docs/adr            # folders of decision records; default: .architecture/decisions'
      : `decisions: ${found.adrFolder}`;
  return `# lintel: what governs this repository. Every key is described in node_modules/lintel/schema/.
version: 1
${decisions}

# Name parts of the code once, and use the names in decisions:
# components:
#   ui: src/ui/**
#   database: src/db/**

# A commit may go on with its findings shown, and the push still blocks:
# gates: { commit: warn }
`;
}

/** The next number in a folder of records, as wide as those that are there. */
function nextRecord(folder: string): { readonly id: string; readonly file: string } {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const numbers = names.flatMap(name => /^(\d{1,5})[-_]/.exec(name)?.[1] ?? []);
  const width = Math.max(0, ...numbers.map(number => number.length)) || 4;
  const next = String(Math.max(0, ...numbers.map(Number)) + 1).padStart(width, '0');
  return { id: `ADR-${next.padStart(4, '0')}`, file: next };
}
