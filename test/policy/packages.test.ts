import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTargets, type Target } from '../../src/model/edges.js';
import { compilePackage } from '../../src/policy/refs.js';

function covers(ref: string, imported: string): boolean {
  const [ecosystem = '', name = ''] = ref.split(/:(.*)/s);
  const [scope, own, ...rest] = imported.startsWith('@') ? imported.split('/') : ['', ...imported.split('/')];
  const target: Target = {
    type: 'package',
    ecosystem,
    name: scope === '' ? (own ?? '') : `${scope}/${own}`,
    ...(rest.length === 0 ? {} : { subpath: rest.join('/') }),
  };
  return inTargets({ packages: [compilePackage(ref, ecosystem, name)] }, target);
}

test('npm:x covers x and x/sub, and no name that only begins like it', () => {
  assert.ok(covers('npm:pg', 'pg'));
  assert.ok(covers('npm:pg', 'pg/lib/native'));
  assert.ok(!covers('npm:pg', 'pg-pool'));
  assert.ok(!covers('npm:pg', '@types/pg'));
});

test('npm:x/sub covers only that', () => {
  assert.ok(covers('npm:lodash/fp', 'lodash/fp'));
  assert.ok(!covers('npm:lodash/fp', 'lodash'));
  assert.ok(!covers('npm:lodash/fp', 'lodash/fp/map'));
});

test('a scope is part of the name', () => {
  assert.ok(covers('npm:@prisma/client', '@prisma/client/edge'));
  assert.ok(covers('npm:@prisma/*', '@prisma/client'));
  assert.ok(covers('npm:@prisma/*', '@prisma/client/edge'));
  assert.ok(!covers('npm:@prisma/*', '@prismatic/client'));
  assert.ok(covers('npm:@prisma/client/edge', '@prisma/client/edge'));
  assert.ok(!covers('npm:@prisma/client/edge', '@prisma/client'));
});

function names(ref: string, target: Target): boolean {
  const [ecosystem = '', name = ''] = ref.split(/:(.*)/s);
  return inTargets({ packages: [compilePackage(ref, ecosystem, name)] }, target);
}

test('addresses, dotted names and other names of a package', () => {
  const address: Target = { type: 'package', ecosystem: 'url', name: 'https://esm.sh/react@19' };
  assert.ok(names('url:https://esm.sh', address));
  assert.ok(names('url:https://esm.sh/*', address));
  assert.ok(!names('url:https://esm', address));
  const dotted: Target = {
    type: 'package',
    ecosystem: 'maven',
    name: 'org.junit.jupiter.api',
    subpath: 'Test',
  };
  assert.ok(names('maven:org.junit', dotted));
  assert.ok(!names('maven:org.jun', dotted));
  const alias: Target = { type: 'package', ecosystem: 'npm', name: 'pg', aliases: ['database'] };
  assert.ok(names('npm:pg', alias));
  assert.ok(names('npm:database', alias));
});

test('stars, and characters that regular expressions would read otherwise', () => {
  assert.ok(covers('npm:*', 'anything/at/all'));
  assert.ok(covers('npm:*', '@scope/name'));
  assert.ok(covers('npm:react-*', 'react-dom/server'));
  assert.ok(!covers('npm:react-*', 'react'));
  assert.ok(!covers('npm:a.b', 'axb'));
});

test('node: names builtins, by module or by part of one', () => {
  const builtin = (ref: string, name: string): boolean =>
    inTargets(
      { packages: [compilePackage(ref, 'node', ref.slice('node:'.length))] },
      { type: 'builtin', ecosystem: 'node', name },
    );
  assert.ok(builtin('node:fs', 'fs'));
  assert.ok(builtin('node:fs', 'fs/promises'));
  assert.ok(!builtin('node:fs/promises', 'fs'));
  assert.ok(builtin('node:*', 'child_process'));
});
