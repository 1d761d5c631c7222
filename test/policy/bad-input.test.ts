import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONFIG, DECISION, decision, policyOf, printed, problemsOf } from './scenario.js';

const COMPONENTS = 'version: 1\ncomponents:\n  ui: src/ui/**\n  database: src/db/**\n';

async function only(tree: Parameters<typeof problemsOf>[0]): Promise<string> {
  const problems = await problemsOf(tree);
  assert.equal(problems.length, 1, problems.join('\n'));
  return problems[0] ?? '';
}

test('malformed YAML in front matter: the line and column of the Markdown file', async () => {
  const text = '---\nstatus: accepted\ninvariants:\n  - id: a\n   size: 3\n---\n';
  assert.equal(
    await only({ [DECISION]: text }),
    `${DECISION}:5:1 error: malformed YAML: Sequence item without - indicator`,
  );
});

test('front matter that is never closed', async () => {
  assert.equal(
    await only({ [DECISION]: '---\nstatus: accepted\n# Title\n' }),
    `${DECISION}:1:1 error: the front matter is never closed (end it with a line "---")`,
  );
});

test('CRLF and a byte order mark move no position', async () => {
  const text = `\uFEFF${decision('id: a\nsize: { inn: src/** }')}`.replaceAll('\n', '\r\n');
  assert.deepEqual(await problemsOf({ [DECISION]: text }), [
    `${DECISION}:5:11 error: one of "lines", "bytes" must be given`,
    `${DECISION}:5:13 error: unknown key "inn" (did you mean "in"?)`,
  ]);
});

test('a path that YAML takes for a tag, an alias or a list: quote it', async () => {
  const lines = async (value: string): Promise<string> =>
    only({ [DECISION]: decision(`id: a\nforbid-path:\n  in: ${value}`) });
  assert.equal(
    await lines('!x/**'),
    `${DECISION}:6:11 error: malformed YAML: Unresolved tag: !x/** (quote it: "!x/**" (YAML reads "!" as a tag); to leave paths out, use "except", never "!")`,
  );
  assert.equal(
    await lines('**/*.ts'),
    `${DECISION}:6:11 error: malformed YAML: the alias **/*.ts has no anchor (quote it: "**/*.ts" (YAML reads "*" as an alias))`,
  );
  assert.equal(
    await lines('[id]/page.tsx'),
    `${DECISION}:6:15 error: malformed YAML: Unexpected scalar at node end (quote it: "[id]/page.tsx" (YAML reads "[" as a list))`,
  );
  assert.equal(
    await lines('{name}/x'),
    `${DECISION}:6:17 error: malformed YAML: Unexpected scalar at node end (quote it: "{name}/x" (YAML reads "{" as a map))`,
  );
  assert.equal(
    await lines('@scope/x'),
    `${DECISION}:6:11 error: malformed YAML: Plain value cannot start with reserved character @ (quote it: "@scope/x" (YAML reserves this character))`,
  );
});

test('brackets inside a flow map end the value: quote it', async () => {
  assert.equal(
    await only({ [DECISION]: decision('id: a\nforbid-path: { in: app/[id]/** }') }),
    `${DECISION}:5:28 error: malformed YAML: Unexpected flow-seq-start at node end (quote it: "app/[id]/**" (unquoted brackets end the value))`,
  );
});

test('a list where the brackets were part of a path', async () => {
  assert.equal(
    await only({ [DECISION]: decision('id: a\nforbid-path: { in: [id] }') }),
    `${DECISION}:5:25 error: no component is called "id" (define it under \`components\` in the configuration; a path holds "/", "." or "*": write ./id for one; if the brackets belong to a path, quote it: "[id]")`,
  );
});

test('"!" does not negate', async () => {
  assert.equal(
    await only({ [DECISION]: decision('id: a\nforbid-path: { in: "!src/**" }') }),
    `${DECISION}:5:24 error: "!" does not negate a glob ("!src/**") (leave paths out with "except"; a name that begins with "!" is written ./!name)`,
  );
});

test('unknown keys and kinds, each with the nearest spelling, all reported together', async () => {
  const problems = await problemsOf({
    [CONFIG]: COMPONENTS,
    [DECISION]: [
      '---',
      'status: accepted',
      'decidders: [a]',
      'invariants:',
      '  - id: a',
      '    forbid-imprt: { from: ui, to: database }',
      '  - id: b',
      '    becuase: no',
      '    layers: { ordr: [ui, database] }',
      '  - id: c',
      '---',
    ].join('\n'),
  });
  assert.deepEqual(problems, [
    `${DECISION}:3:1 error: unknown key "decidders" (did you mean "deciders"?)`,
    `${DECISION}:6:5 error: unknown key or kind "forbid-imprt" (did you mean "forbid-import"?)`,
    `${DECISION}:8:5 error: unknown key or kind "becuase" (did you mean "because"?)`,
    `${DECISION}:9:15 error: unknown key "ordr" (did you mean "order"?)`,
    `${DECISION}:10:5 error: the invariant has no kind (add one of: forbid-import, allow-import, layers, independent, protect, entry-points, require-import, acyclic, stable-dependencies, fan-in, fan-out, no-orphans, resolvable-imports, owned, forbid-path, require-path, co-change, append-only, naming, size, forbid-text, require-text, forbid-code, require-code, forbid-dependency, allow-dependency, dependency-source, dependency-license, declared-imports, dependency-limit, require-lockfile)`,
  ]);
});

test('two kinds in one invariant', async () => {
  assert.equal(
    await only({
      [DECISION]: decision('id: a\nforbid-path: { in: "a/**" }\nsize: { in: "a/**", lines: 9 }'),
    }),
    `${DECISION}:4:5 error: an invariant has exactly one kind, and this one has forbid-path and size (split it into one invariant for each kind)`,
  );
});

test('a misspelt "invariants" would leave everything unenforced, so it is an error; other slips warn', async () => {
  assert.equal(
    await only({ [DECISION]: '---\nstatus: accepted\ninvarients: []\n---\n# A\n' }),
    `${DECISION}:3:1 error: unknown key "invarients": nothing in this decision would be enforced (did you mean "invariants"?)`,
  );
  const policy = await policyOf({
    [DECISION]: '---\nstatus: accepted\nlayout: page\ndecider: a\n---\n# A\n',
  });
  assert.deepEqual(printed(policy.warnings), [
    `${DECISION}:4:1 warning: unknown key "decider" (did you mean "deciders"?)`,
  ]);
});

test('a component, a package and a path that are not there', async () => {
  const problems = await problemsOf({
    [CONFIG]: COMPONENTS,
    [DECISION]: decision(
      'id: a\nforbid-import:\n  from: ui\n  to:\n    - databse\n    - nmp:pg\n    - Makefile\n    - ui\n    - "npm:@prisma"',
      'id: b\nforbid-path: { in: ["npm:pg"] }',
      'id: c\nexcept: [nothing]\nforbid-path: { in: a/ }',
    ),
  });
  assert.deepEqual(problems, [
    `${DECISION}:8:11 error: no component is called "databse" (did you mean "database"? (a path holds "/", "." or "*": write ./databse for one))`,
    `${DECISION}:9:11 error: "nmp:" is no package ecosystem that lintel knows (did you mean "npm"?; write ./nmp:pg if it is a path)`,
    `${DECISION}:10:11 error: "Makefile" is neither a component, nor a package, nor a path (which holds "/", "." or "*") (write ./Makefile if it is a path)`,
    `${DECISION}:12:11 error: "npm:@prisma" is a scope, not a package (write npm:@prisma/* for all of it)`,
    `${DECISION}:14:25 error: "npm:pg" is a package, and only files can stand here (name a component or a path)`,
    `${DECISION}:16:14 error: no component is called "nothing" (known: ui, database (a path holds "/", "." or "*": write ./nothing for one); if the brackets belong to a path, quote it: "[nothing]")`,
  ]);
});

test('duplicate ids of decisions and of invariants name both places', async () => {
  const second = '.architecture/decisions/0001-second.md';
  assert.deepEqual(
    await problemsOf({
      [DECISION]: decision('id: a\nforbid-path: { in: x/ }', 'id: a\nforbid-path: { in: y/ }'),
      [second]: '# Another\n\n## Status\n\nAccepted\n',
    }),
    [
      `${DECISION}:6:9 error: the invariant "a" of ADR-0001 is defined already, at ${DECISION}:4:9 (give one of them another \`id\`)`,
      `${second}:1:1 error: the id "ADR-0001" is taken by ${DECISION}:9 (give one of them another \`id\`)`,
    ],
  );
});

test('a superseding circle and an unknown id', async () => {
  const text = (supersedes: string): string =>
    `---\nstatus: accepted\nsupersedes: ${supersedes}\ninvariants: []\n---\n`;
  assert.deepEqual(
    await problemsOf({
      '.architecture/decisions/0001-a.md': text('[ADR-0002]'),
      '.architecture/decisions/0002-b.md': text('[ADR-0001]'),
      '.architecture/decisions/0003-c.md': text('[ADR-0009]'),
    }),
    [
      '.architecture/decisions/0002-b.md:3:14 error: decisions supersede each other in a circle: ADR-0001 → ADR-0002 → ADR-0001 (the older decision supersedes nothing: remove one of them)',
      '.architecture/decisions/0003-c.md:3:14 error: it supersedes "ADR-0009", which is no decision here (did you mean "ADR-0001"?)',
    ],
  );
});

test('an unknown or missing status where there are invariants', async () => {
  assert.equal(
    await only({ [DECISION]: '---\nstatus: acepted\ninvariants: []\n---\n' }),
    `${DECISION}:2:9 error: unknown status "acepted" (did you mean "accepted"?)`,
  );
  assert.equal(
    await only({ [DECISION]: '---\ninvariants: []\n---\n' }),
    `${DECISION}:2:1 error: the decision has invariants and no status (add \`status: proposed\`, or \`status: accepted\` to put it in force)`,
  );
  assert.equal(
    await only({ [DECISION]: '---\nstatus: accepted, but not yet\ninvariants: []\n---\n' }),
    `${DECISION}:2:9 error: unknown status "accepted, but not yet" (did you mean "accepted"?)`,
  );
});

test('values of the wrong shape say what is expected', async () => {
  const problems = await problemsOf({
    [DECISION]: decision(
      'id: a\nseverity: blok\nforbid-path: { in: 3 }',
      'id: Not A Slug\nwaiver: nevr\nforbid-path: { in: a/, when: [ad] }',
      'id: c\nwaiver: { by: anyone, max-day: 3 }\nexamples: { violates: { a: 1 } }\nnaming: { in: a/, pattern: "(?=x)" }',
    ),
  });
  assert.deepEqual(problems, [
    `${DECISION}:5:15 error: "severity" must be "block" or "warn", not "blok" (did you mean "block"?)`,
    `${DECISION}:6:24 error: "in" must be a text or a list, not 3 (quote it: "3")`,
    `${DECISION}:7:9 error: "id" can't be "Not A Slug" (lower-case letters, digits and "-")`,
    `${DECISION}:8:13 error: "waiver" must be "never" or a map, not "nevr" (did you mean "never"?)`,
    `${DECISION}:9:35 error: item 1 of "when" must be "add" or "modify" or "delete" or "type", not "ad" (did you mean "add"?)`,
    `${DECISION}:11:27 error: unknown key "max-day" (did you mean "max-days"?)`,
    `${DECISION}:12:15 error: "conforms" is missing in "examples"`,
    `${DECISION}:12:32 error: "a" must be a text, not 1 (quote it: "1")`,
    `${DECISION}:13:32 error: not a regular expression in RE2's syntax: invalid or unsupported Perl syntax: \`(?=\` (RE2 has no lookahead or lookbehind: match the line as a whole, or use \`where\`, \`except\` or two invariants)`,
  ]);
});

test('{!name} that differs from nothing', async () => {
  assert.equal(
    await only({ [DECISION]: decision('id: a\nforbid-import: { from: "a/{x}/**", to: "a/{!y}/**" }') }),
    `${DECISION}:5:44 error: {!y} differs from nothing: no {y} in this invariant binds it (bind it: write {y} in the other glob)`,
  );
});

test('a policy file that is not UTF-8, a link, or a folder that is one', async () => {
  assert.equal(
    await only({
      [DECISION]: Buffer.concat([Buffer.from('---\nstatus: '), Buffer.from([0xff]), Buffer.from('\n---\n')]),
    }),
    `${DECISION}:2:9 error: it is not UTF-8 (save it as UTF-8)`,
  );
  assert.equal(
    await only({ [DECISION]: { mode: '120000', content: '../elsewhere.md' } }),
    `${DECISION}:1:1 error: it is a symbolic link, and a policy is read from regular files only (put the file itself here, or name its real folder under \`decisions\` in the configuration)`,
  );
  assert.match(
    await only({ '.architecture/decisions': { mode: '120000', content: '../docs/adr' } }),
    /^\.architecture\/decisions:1:1 error: it is a symbolic link/,
  );
  assert.match(
    await only({ '.architecture': { mode: '160000', content: '' } }),
    /^\.architecture:1:1 error: it must be a folder/,
  );
});

test('a decision that is out of force for good may name what is gone', async () => {
  const policy = await policyOf({
    [DECISION]:
      '---\nstatus: deprecated\ninvariants:\n  - id: a\n    forbid-import: { from: gone, to: gone, colour: red }\n---\n',
  });
  assert.deepEqual(policy.invariants, []);
  assert.deepEqual(printed(policy.warnings), [
    `${DECISION}:5:44 warning: unknown key "colour" (known: from, to, kinds, names, except-names, via, transitive)`,
  ]);
});

test('a folder that is almost the decisions folder would leave everything unenforced', async () => {
  assert.equal(
    await only({ '.architecture/decision/0001-a.md': decision() }),
    '.architecture/decision:1:1 error: lintel does not read decisions here (rename it to .architecture/decisions, or name it under `decisions` in the configuration)',
  );
});

test('what would exhaust a parser is an error, not a crash', async () => {
  assert.equal(
    await only({ [DECISION]: `---\na: ${'['.repeat(20_000)}\n---\n` }),
    `${DECISION}:1:1 error: malformed YAML: nested too deeply`,
  );
  assert.match(
    await only({ [DECISION]: 'x'.repeat(3_000_000) }),
    /:1:1 error: it is larger than 2097152 bytes/,
  );
  const bomb =
    'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]\n';
  assert.match(
    await only({ [DECISION]: `---\n${bomb}---\n` }),
    /:1:1 error: malformed YAML: Excessive alias count/,
  );
});

test('a 1 MB line costs nothing', async () => {
  const line = `${' '.repeat(500_000)}# x${' #'.repeat(250_000)}`;
  const policy = await policyOf({ [DECISION]: `# A\n${line}\n` });
  assert.equal(policy.decisions[0]?.title, 'A');
});

test('YAML of another tool in the folder is no decision', async () => {
  const policy = await policyOf({
    [DECISION]: '# A\n',
    '.architecture/decisions/_config.yml': 'theme: plain\n',
  });
  assert.deepEqual(
    policy.decisions.map(({ id }) => id),
    ['ADR-0001'],
  );
});
