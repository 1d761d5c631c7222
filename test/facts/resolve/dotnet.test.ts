import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csharp } from '../../../src/facts/imports/csharp.js';
import { dotnetResolver } from '../../../src/facts/resolve/dotnet.js';
import { type DeclaredTree, declaredTree } from './declared-tree.js';

const treeOf = (files: Readonly<Record<string, string>>): Promise<DeclaredTree> =>
  declaredTree(dotnetResolver, [csharp], files);
const inside = (namespace: string): string => `namespace ${namespace}; class C {}`;

const tree = await treeOf({
  'src/Shop.Ui/Shop.Ui.csproj': '<Project><PackageReference Include="Npgsql" Version="8" /></Project>',
  'src/Shop.Ui/Page.cs': inside('Shop.Ui'),
  'src/Shop.Ui/Forms/Form.cs': inside('Shop.Ui.Forms'),
  // An extension method in a library's namespace, a polyfill, and a bait.
  'src/Shop.Ui/Setup.cs': inside('Microsoft.Extensions.DependencyInjection'),
  'src/Shop.Ui/Polyfill.cs': inside('System'),
  'src/Shop.Ui/Bait.cs': inside('Npgsql'),
  'src/Shop.Data/Shop.Data.csproj': '<!-- <RootNamespace>No</RootNamespace> -->',
  'src/Shop.Data/Pool.cs': inside('Shop.Data'),
  'src/Shop.Data/Sql/Query.cs': inside('Shop.Data.Sql'),
  'src/Shop.Data/Other/More.cs': inside('Shop.Data.Sql'),
  'src/core/core.csproj': '<RootNamespace>Acme.Core</RootNamespace>',
  'src/core/Thing.cs': inside('Acme.Core'),
  'src/core/Deep/Thing.cs': inside('Acme.Core.Deep'),
});
const PAGE = 'src/Shop.Ui/Page.cs';

const CASES: readonly (readonly [code: string, ...ends: string[]])[] = [
  ['using Shop.Data;', 'src/Shop.Data/'],
  ['using Shop.Data.Sql;', 'src/Shop.Data/Other/ + src/Shop.Data/Sql/'],
  ['using static Shop.Data.Pool;', 'src/Shop.Data/Pool.cs'],
  ['using P = Shop.Data.Pool;', 'src/Shop.Data/Pool.cs'],
  ['using P = Shop.Data.Pool.Lease;', 'src/Shop.Data/Pool.cs'],
  ['using S = Shop.Data.Sql;', 'src/Shop.Data/Other/ + src/Shop.Data/Sql/'],
  ['using static Shop.Data.InPoolToo;', 'src/Shop.Data/'],
  ['using Acme.Core.Deep;', 'src/core/Deep/'],
  ['using Shop;', 'nothing'],
  // Relative names.
  ['namespace Shop.Ui { using Data; }', 'src/Shop.Data/'],
  ['namespace Shop.Ui; using Forms;', 'src/Shop.Ui/Forms/'],
  ['namespace Shop.Ui { using global::Data; }', 'nuget:Data'],
  ['using Data;', 'nuget:Data'],
  // What begins like the tree's own and isn't there.
  ['using Shop.Data.Gone;', '? src/Shop.Data/Gone/'],
  ['using static Shop.Data.Gone.Type;', 'src/Shop.Data/'],
  // Others'.
  ['using System;', 'dotnet:System'],
  ['using System.Text.Json;', 'dotnet:System.Text.Json'],
  ['using static System.Math;', 'dotnet:System/Math'],
  ['using Microsoft.Extensions.DependencyInjection;', 'nuget:Microsoft.Extensions.DependencyInjection'],
  ['using Npgsql;', 'nuget:Npgsql'],
  ['using Npgsql.Types;', 'nuget:Npgsql.Types (Npgsql)'],
  ['using static Xunit.Assert;', 'nuget:Xunit/Assert'],
  ['extern alias X;', 'nothing'],
  // Names in code.
  ['class C { object o = new Shop.Data.Pool(); }', 'src/Shop.Data/Pool.cs'],
  ['class C { object o = new Shop.Data.InPoolToo(); }', 'src/Shop.Data/'],
  ['namespace Shop.Ui; class C { object o = new Data.Pool(); }', 'src/Shop.Data/Pool.cs'],
  ['namespace Shop.Ui; class C { object o = Data.Count; }', 'nothing'],
  ['class C { object o = Color.Red; }', 'nothing'],
  ['class C { object o = new Npgsql.NpgsqlConnection(); }', 'nuget:Npgsql/NpgsqlConnection'],
  ['class C { object o = System.IO.File.Open(x); }', 'dotnet:System.IO/File'],
  // Reflection.
  ['class C { object o = Type.GetType("Shop.Data.Pool, Shop.Data"); }', 'src/Shop.Data/Pool.cs'],
  ['class C { object o = Type.GetType("Npgsql.NpgsqlConnection"); }', 'nuget:Npgsql/NpgsqlConnection'],
  ['class C { object o = Type.GetType(x); }', 'computed'],
  ['class C { object o = Assembly.Load("Shop.Data"); }', 'src/Shop.Data/'],
  ['class C { object o = Assembly.LoadFrom("lib/core.dll"); }', 'src/core/'],
  ['class C { object o = Assembly.Load("Npgsql"); }', 'nuget:Npgsql'],
];

for (const [code, ...ends] of CASES)
  test(`${code} ends at ${ends.join()}`, () => assert.deepEqual(tree.ends(PAGE, code), ends));

test('a project owns a platform’s namespace by its name, or by what most of its files declare', async () => {
  const own = await treeOf({
    'a/Microsoft.Data.Lite.Core.csproj': '',
    'a/A.cs': inside('Microsoft.Data.Lite'),
    'a/A2.cs': inside('Microsoft.Data.Lite'),
    'a/B.cs': inside('Microsoft.Data.Lite.Core'),
    'a/C.cs': inside('Microsoft.Data'),
  });
  assert.deepEqual(own.ends('b.cs', 'using Microsoft.Data.Lite; using Microsoft.Data.Lite.Core;'), [
    'a/',
    'a/',
  ]);
  assert.deepEqual(own.ends('b.cs', 'using Microsoft.Data.Other;'), ['nuget:Microsoft.Data.Other']);
});

test('without projects every namespace but the platform’s is the tree’s own', async () => {
  const scripts = await treeOf({ 'Assets/A.cs': inside('Game.A'), 'Assets/S.cs': inside('System.Extra') });
  assert.deepEqual(scripts.ends('Assets/B.cs', 'using Game.A; using System.Extra;'), [
    'Assets/',
    'dotnet:System.Extra',
  ]);
});

test('the context does not grow with a file of a known namespace', async () => {
  const files = { 'src/A.B/A.B.csproj': '', 'src/A.B/X/One.cs': inside('A.B.X') };
  const more = await treeOf({ ...files, 'src/A.B/X/Two.cs': inside('A.B.X') });
  assert.deepEqual((await treeOf(files)).context, more.context);
});
