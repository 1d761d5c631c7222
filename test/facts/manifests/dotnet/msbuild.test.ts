import assert from 'node:assert/strict';
import { test } from 'node:test';
import { msbuild } from '../../../../src/facts/manifests/dotnet/msbuild.js';
import { repoPath } from '../../../../src/model/brand.js';
import { linkedTree, refuses, shown } from '../syntax/shown.js';

const parse = (text: string): readonly string[] => shown(msbuild.parse(repoPath('src/App/App.csproj'), text));
const sdk = (inside: string): string => `<Project Sdk="Microsoft.NET.Sdk">\r\n${inside}\r\n</Project>\r\n`;

test('package references in every form', () => {
  const text = sdk(`<ItemGroup>
<PackageReference Include="Newtonsoft.Json" Version="13.0.1" />
<PackageReference Include="Child"><Version>[2.0]</Version><PrivateAssets>all</PrivateAssets></PackageReference>
<PackageReference Include="Range" Version="[1,2)" />
<PackageReference Include="Floating" Version="1.*" Condition="'$(TargetFramework)' == 'net472'" />
<PackageReference Include="A;B" Version="1" PrivateAssets="All" />
<PackageReference Include="None" />
<PackageReference Remove="Gone" />
<PackageReference Update="Updated" Version="5" />
<PackageDownload Include="Loaded" Version="[3.0.0]" />
<DotNetCliToolReference Include="Tool" Version="1.0" />
</ItemGroup>
<Choose><When Condition="x"><ItemGroup><PackageReference Include="InChoice" Version="1"/></ItemGroup></When></Choose>
<Target Name="T"><ItemGroup><PackageReference Include="InTarget" Version="1"/></ItemGroup></Target>`);
  assert.deepEqual(parse(text), [
    'newtonsoft.json 13.0.1 (13.0.1) production:3',
    'child 2.0 ([2.0]) build:4',
    'range - ([1,2)) production:5',
    'floating - (1.*) production:6',
    'a 1 (1) build:7',
    'b 1 (1) build:7',
    'none - (-) production:8',
    'definition updated 5 (5) production:10',
    'loaded 3.0.0 ([3.0.0]) build:11',
    'tool 1.0 (1.0) build:12',
    'inchoice 1 (1) production:14',
    'intarget 1 (1) production:15',
  ]);
});

test('projects, assemblies in the tree, SDKs; assemblies of the framework are none', () => {
  const text = `<Project Sdk="Microsoft.NET.Sdk;Aspire.AppHost.Sdk/9.0.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
<Sdk Name="Extra.Sdk" Version="1.1" />
<ItemGroup>
<ProjectReference Include="..\\Lib\\Lib.csproj" />
<ProjectReference Include="..\\..\\..\\Out\\Out.csproj" />
<Reference Include="Evil, Version=1.0.0.0"><HintPath>..\\..\\lib\\Evil.dll</HintPath></Reference>
<Reference Include="System.Xml" />
<Reference Include="bin/Direct.dll" />
</ItemGroup>
</Project>`;
  assert.deepEqual(parse(text), [
    'aspire.apphost.sdk 9.0.0 (9.0.0) build:1',
    'extra.sdk 1.1 (1.1) build:2',
    'lib - (-) production path src/Lib/Lib.csproj:4',
    'out - (-) production path -:5',
    'evil - (-) production path lib/Evil.dll:6',
    'direct - (-) production path src/App/bin/Direct.dll:8',
  ]);
});

test('a project of tests wants for development', () => {
  const text = sdk(
    '<PropertyGroup><IsTestProject>true</IsTestProject></PropertyGroup><ItemGroup><PackageReference Include="xunit" Version="2.4.2"/></ItemGroup>',
  );
  assert.deepEqual(parse(text), ['xunit 2.4.2 (2.4.2) development:2']);
});

test('properties: the last counts, conditions leave it open, functions are not run', () => {
  const text = sdk(`<PropertyGroup><V>1</V><v>2</v><W>3</W><W Condition="'$(X)' == 'y'">4</W>
<D Condition="'$(D)' == ''">5</D><Loop>$(loop)</Loop></PropertyGroup><ItemGroup>
<PackageReference Include="a" Version="$(V)" /><PackageReference Include="b" Version="$(W)" />
<PackageReference Include="c" Version="$(D).0" /><PackageReference Include="d" Version="$(Loop)" />
<PackageReference Include="e$(Nothing)" Version="$([System.String]::Copy('1'))" />
<PackageReference Include="f$(V)" Version="1" />
</ItemGroup>`);
  assert.deepEqual(parse(text), [
    'a 2 (2) production:4',
    'b - ($(W)) production:4',
    'c 5.0 (5.0) production:5',
    'd - ($(Loop)) production:5',
    "?e$(Nothing) - ($([System.String]::Copy('1'))) production:6",
    'f2 1 (1) production:7',
  ]);
});

test('versions kept centrally, overrides, global references, properties from above', () => {
  const file = linkedTree(
    { '.csproj': msbuild, '.props': msbuild },
    {
      'Directory.Build.props': '<Project><PropertyGroup><Json>13.0.3</Json></PropertyGroup></Project>',
      'Directory.Packages.props': `<Project><ItemGroup>
<PackageVersion Include="Newtonsoft.Json" Version="$(Json)" />
<PackageVersion Include="Serilog" Version="4.0.0" />
<GlobalPackageReference Include="StyleCop" Version="1.2" />
</ItemGroup></Project>`,
      'sub/Directory.Packages.props': `<Project>
<Import Project="$([MSBuild]::GetPathOfFileAbove(Directory.Packages.props, $(MSBuildThisFileDirectory)..))" />
<ItemGroup><PackageVersion Include="Serilog" Version="3.0.0" /></ItemGroup></Project>`,
      'app/App.csproj': `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>
<PackageReference Include="newtonsoft.json" />
<PackageReference Include="Serilog" VersionOverride="4.1.0" />
</ItemGroup></Project>`,
      'sub/x/X.csproj': `<Project><ItemGroup>
<PackageReference Include="Newtonsoft.Json" />
<PackageReference Include="Serilog" />
<PackageReference Include="Unknown" />
</ItemGroup></Project>`,
    },
  );
  assert.deepEqual(shown(file('app/App.csproj')), [
    'newtonsoft.json 13.0.3 (13.0.3) production:2',
    'serilog 4.1.0 (4.1.0) production:3',
  ]);
  assert.deepEqual(shown(file('sub/x/X.csproj')), [
    'newtonsoft.json 13.0.3 (13.0.3) production:2',
    'serilog 3.0.0 (3.0.0) production:3',
    'unknown - (-) production:4',
  ]);
  assert.deepEqual(file('sub/x/X.csproj').includes, [
    'Directory.Build.props',
    'sub/Directory.Packages.props',
    'Directory.Packages.props',
  ]);
  assert.deepEqual(shown(file('Directory.Packages.props')), [
    'definition newtonsoft.json 13.0.3 (13.0.3) production:2',
    'definition serilog 4.0.0 (4.0.0) production:3',
    'stylecop 1.2 (1.2) build:4',
  ]);
});

for (const [name, text, line, message] of [
  ['no project', '<Packages/>', 1, /no <Project>/],
  ['cut off', '<Project>\n<ItemGroup>\n', 1, /XML/],
  ['an SDK without a name', '<Project>\n<Sdk Version="1"/></Project>', 2, /without a name/],
  ['conflict markers', '<Project>\n<<<<<<< a\n</Project>', 2, /conflict/],
] as const)
  test(`refused: ${name}`, () => {
    if (name === 'cut off') assert.throws(() => parse(text), { name: 'ManifestError' });
    else refuses(msbuild, 'A.csproj', text, line, message);
  });
