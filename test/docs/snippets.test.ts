import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { KINDS } from '../../src/invariants/registry.js';
import { loadPolicy, type PolicyOutcome } from '../../src/policy/index.js';
import { createTree } from '../policy/create-tree.js';
import { CHECKOUT } from '../support/dist.js';

interface Snippet {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** Fenced blocks of a page, with the line on which each begins. */
function snippets(page: string): Snippet[] {
  const lines = readFileSync(path.join(CHECKOUT, page), 'utf8').split('\n');
  const found: Snippet[] = [];
  let open: { language: string; at: number } | null = null;
  lines.forEach((line, index) => {
    const fence = /^```(\w*)/.exec(line);
    if (fence === null) return;
    if (open === null) open = { language: fence[1] ?? '', at: index };
    else {
      found.push({
        language: open.language,
        text: `${lines.slice(open.at + 1, index).join('\n')}\n`,
        line: open.at + 1,
      });
      open = null;
    }
  });
  return found;
}

const DECISION = '.architecture/decisions/0001-snippet.md';
const CONFIG = '.architecture/config.yaml';

/** `version:` is a configuration, `- id:` a list of invariants, `---` a whole decision. */
function asTree(snippet: Snippet, config: string): Record<string, string> | null {
  const { language, text } = snippet;
  if (language === 'md' && text.startsWith('---')) return { [CONFIG]: config, [DECISION]: text };
  if (language !== 'yaml') return null;
  if (/^version:/m.test(text)) {
    const folders = /^decisions: \[(.*)\]$/m.exec(text)?.[1]?.split(', ') ?? [];
    const overviews = folders.map(folder => [`${folder}/README.md`, '# Decisions\n']);
    return { ...Object.fromEntries(overviews), [CONFIG]: text };
  }
  if (text.startsWith('- id:'))
    return {
      [CONFIG]: config,
      [DECISION]: `---\nstatus: accepted\ninvariants:\n${text.replace(/^/gm, '  ')}\n---\n# A snippet\n`,
    };
  return {};
}

function failure(outcome: PolicyOutcome): string | null {
  if (outcome.kind === 'policy')
    return outcome.policy.warnings.map(({ message }) => message).join('\n') || null;
  if (outcome.kind === 'none') return 'nothing in it is a policy';
  return outcome.problems.map(({ message, line, hint }) => `${line}: ${message} (${hint})`).join('\n');
}

for (const page of ['docs/decisions.md', 'docs/languages.md', 'docs/hooks.md', 'README.md']) {
  describe(page, () => {
    const all = snippets(page);
    // The components that a page's invariants name are those that its first configuration declares.
    const config =
      snippets('docs/decisions.md').find(({ text }) => text.startsWith('version: 1'))?.text ?? '';
    const compilable = all.flatMap(snippet => {
      const tree = asTree(snippet, config);
      return tree === null ? [] : [{ snippet, tree }];
    });

    test('holds snippets that can be compiled', () => {
      assert.notEqual(config, '');
      assert.ok(compilable.length > 0);
    });

    for (const { snippet, tree } of compilable)
      test(`${page}:${snippet.line} compiles`, async () => {
        assert.equal(failure(await loadPolicy(createTree(tree))), null);
      });
  });
}

test('docs/decisions.md shows every kind', async () => {
  const shown = new Set<string>();
  for (const snippet of snippets('docs/decisions.md')) {
    const tree = asTree(snippet, 'version: 1\n');
    if (tree?.[DECISION] === undefined) continue;
    for (const kind of KINDS.keys()) if (tree[DECISION].includes(`  ${kind}:`)) shown.add(kind);
  }
  assert.deepEqual([...shown].sort(), [...KINDS.keys()].sort());
});
