/** All packages of a place answered by another place, under their own names: no ban of a name can stop that. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Verdict } from '../../src/model/verdict.js';
import { createProject, decision } from './project.js';

const POLICY = decision(
  'ADR-0001',
  '- id: sources\n  dependency-source: { types: [registry, workspace, path], hosts: [static.crates.io], redirects: false }',
);
type Files = Readonly<Record<string, string>>;

async function judged(files: Files): Promise<Verdict> {
  const project = await createProject({ '.architecture/decisions/0001-sources.md': POLICY });
  try {
    return await project.judge(files);
  } finally {
    await project.dispose();
  }
}

function told(verdict: Verdict): readonly string[] {
  return verdict.findings.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const CRATE = '[package]\nname = "shop"\nversion = "1.0.0"\n';

const BLOCKED: Readonly<Record<string, readonly [Files, RegExp]>> = {
  'a source in place of crates.io': [
    {
      '.cargo/config.toml':
        '[source.crates-io]\nreplace-with = "m"\n[source.m]\nregistry = "https://m.example/index"\n',
    },
    /^\.cargo\/config\.toml:2 .*answers a package by cargo:\?all of crates-io, which comes from m\.example/,
  ],
  'another place for crates.io itself': [
    { '.cargo/config': '[source.crates-io]\nregistry = "https://m.example/index"\n' },
    /^\.cargo\/config:1 .*\?all of crates-io, which comes from m\.example/,
  ],
  'a folder in place of crates.io': [
    { 'app/.cargo/config.toml': '[source.crates-io]\ndirectory = "lib"\n' },
    /^app\/\.cargo\/config\.toml:1 .*\?all of crates-io, and which packages it answers can’t be told/,
  ],
  'a patch in Cargo’s settings': [
    { '.cargo/config.toml': '[patch.crates-io]\ngood = { git = "https://m.example/good" }\n' },
    /^\.cargo\/config\.toml:2 .*answers good by cargo:good, which comes from a git repository/,
  ],
  'a patch in Cargo.toml': [
    { 'Cargo.toml': `${CRATE}[patch.crates-io]\ngood = { git = "https://m.example/good" }\n` },
    /^Cargo\.toml:5 .*answers good by cargo:good, which comes from a git repository/,
  ],
  'a folder that overrides packages': [
    { '.cargo/config.toml': 'paths = ["lib/good"]\n' },
    /^\.cargo\/config\.toml:1 .*\?lib\/good, and which packages it answers can’t be told/,
  ],
  'further settings of Cargo': [
    { '.cargo/config.toml': 'include = ["more.toml"]\n' },
    /^\.cargo\/config\.toml:1 .*\?settings of more\.toml, and which packages it answers can’t be told/,
  ],
  'a folder outside that go.work uses': [
    { 'go.work': 'go 1.24\n\nuse ../good\n' },
    /^go\.work:3 .*\?\.\.\/good, and which packages it answers can’t be told/,
  ],
};

describe('a place in place of another one is stopped', () => {
  for (const [name, [files, expected]] of Object.entries(BLOCKED)) {
    it(name, async () => {
      const verdict = await judged(files);
      assert.deepEqual(verdict.errors, []);
      assert.equal(verdict.result, 'blocked');
      assert.ok(
        told(verdict).some(text => expected.test(text)),
        told(verdict).join('\n'),
      );
    });
  }

  it('but not a workspace’s own modules and crates.io as it is', async () => {
    const verdict = await judged({
      'go.work': 'go 1.24\n\nuse ./a\n',
      'a/go.mod': 'module example.com/a\n\ngo 1.24\n',
      '.cargo/config.toml': '[build]\njobs = 2\n[source.crates-io]\n',
    });
    assert.deepEqual([told(verdict), verdict.errors, verdict.result], [[], [], 'admitted']);
  });
});
