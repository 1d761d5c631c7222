import type { LoadersSync } from 'cosmiconfig';
import type { RepoPath } from '../model/brand.js';
import { type Parsed, parseYaml } from './document.js';
import { problem } from './problems.js';

/**
 * cosmiconfig's loaders by extension, on the bytes of the judged tree (its `search` reads the disk, and follows
 * an untracked `.config/config.json` wherever that points). YAML is read by `yaml`, for positions; JSON passes
 * cosmiconfig's own strict loader first. Code is refused before it comes here.
 */
export async function loadConfigFile(path: RepoPath, text: string): Promise<Parsed> {
  const extension = /\.(?:json|ya?ml)$/.exec(path)?.[0] ?? 'noExt';
  if (extension === '.json') {
    const { defaultLoadersSync } = await import('cosmiconfig');
    const refused = strictJson(path, text, defaultLoadersSync);
    if (refused !== null) return refused;
  }
  const parsed = parseYaml(path, text);
  if (parsed.ok || extension !== '.json') return parsed;
  const problems = parsed.problems.map(one => ({ ...one, message: one.message.replace('YAML', 'JSON') }));
  return { ok: false, problems };
}

function strictJson(path: RepoPath, text: string, loaders: LoadersSync): Parsed | null {
  try {
    loaders['.json']?.(path, text);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    const at = { path, line: before.length, column: (before.at(-1) ?? '').length + 1 };
    const [, first = message] = message.split('\n');
    const said = first.replace(/ (?:in JSON )?at position.*$| while parsing.*$/, '').trim();
    return { ok: false, problems: [problem('error', at, `malformed JSON: ${said}`, 'mend the JSON')] };
  }
}
