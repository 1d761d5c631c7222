// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of the files under test
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerfile } from '../../../../src/facts/manifests/docker/dockerfile.js';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { manifestFormat } from '../../../../src/facts/manifests/names.js';
import { repoPath } from '../../../../src/model/brand.js';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

function images(text: string, path = 'Dockerfile'): readonly string[] {
  return dockerfile
    .parse(repoPath(path), text)
    .entries.map(({ id, name, version, range, integrity, source, line, scope }) =>
      [
        `${line} ${id}`,
        id.endsWith(name) ? '' : name,
        version === range ? (version ?? '-') : `${version ?? '-'} (${range})`,
        integrity.length > 0 ? 'pinned' : '',
        source.type === 'registry' && source.url !== null ? source.url : '',
        scope === 'production' ? '' : scope,
      ]
        .filter(part => part !== '')
        .join(' '),
    );
}

test('what a Dockerfile builds on', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['# nothing\n', []],
    ['FROM scratch\nCOPY a b', []],
    ['FROM node\r\nRUN a\r\n', ['1 from/node -']],
    [
      `\n\nfrom  --platform=$BUILDPLATFORM \\\n # why\n docker.io/library/node:20@${DIGEST} as Build\n`,
      ['5 from/node 20 pinned https://docker.io'],
    ],
    ['FROM ghcr.io:443/a/b/c:v1', ['1 from/ghcr.io:443/a/b/c v1 https://ghcr.io:443']],
    ['FROM localhost/a', ['1 from/localhost/a - https://localhost']],
    [`FROM a/b@${DIGEST}`, ['1 from/a/b - pinned']],
    // Stages, also by number and with other case; one that comes later is an image.
    [
      'FROM node:20 AS Base\nFROM base AS b\nCOPY --from=BASE a b\nCOPY --from=0 a b\nRUN --mount=type=bind,from=b,target=/x y',
      ['1 from/node 20'],
    ],
    ['FROM b\nFROM a AS b', ['1 from/b -', '2 from/a -']],
    ['FROM node:20\nFROM node:22', ['1 from/node 20', '2 from/node#2 node 22']],
    // Images that are copied from or mounted.
    [
      'FROM scratch\nCOPY --chown=1 --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/\nRUN --mount=type=cache,target=/c \\\n  --mount=type=bind,From=busybox:1,target=/x \\\n  true\nONBUILD COPY --from=alpine:3 a b',
      ['2 copy/ghcr.io/astral-sh/uv 0.5 https://ghcr.io', '4 mount/busybox 1 build', '6 copy/alpine 3'],
    ],
    // Here-documents and what goes on over lines are no instructions.
    ['FROM a\nRUN <<EOF\nFROM evil\nEOF\nRUN x \\\n\n# c\n  FROM evil\nFROM b', ['1 from/a -', '9 from/b -']],
    ['# escape=`\nFROM a\nRUN x `\nFROM evil\nFROM b', ['2 from/a -', '5 from/b -']],
    // Arguments.
    ['ARG V=20 IMAGE="node"\nARG REF=$IMAGE:${V}-slim\nFROM ${REF}', ['3 from/node 20-slim']],
    ['ARG V\nFROM node:${V:-20}', ['2 from/node 20']],
    ['ARG V\nFROM node:${V}', ['2 from/node - (${V})']],
    ['ARG V\nFROM node:$V-slim@$D', ['2 from/node - ($V-slim)']],
    ['ARG REF\nFROM ${REF}', ['2 from/?${REF} -']],
    ['ARG REF\nFROM host/${REF:?needed}:1', ['2 from/?host/${REF:?needed}:1 - (1)']],
    ['ARG REF=${OTHER#x}\nFROM ${REF:+node}', ['2 from/?${REF:+node} -']],
    ['ARG S=a-b\nFROM ${S#a-}:${S%-b}', ['2 from/b a']],
    ['FROM a AS x-amd64\nFROM b AS x-arm64\nFROM x-${TARGETARCH}', ['1 from/a -', '2 from/b -']],
    ['FROM x-${TARGETARCH}:1', ['1 from/?x-${TARGETARCH}:1 - (1)']],
    // The image that reads the syntax.
    [
      '# escape=\\\n# syntax = docker/dockerfile:1.7 extra\nFROM a',
      ['2 syntax docker/dockerfile 1.7 build', '3 from/a -'],
    ],
    ['# comment\n# syntax=evil/syntax\nFROM a', ['3 from/a -']],
    ['# syntax=evil/syntax\nINCLUDE x\nFROM a', ['1 syntax evil/syntax - build', '3 from/a -']],
  ];
  for (const [text, expected] of cases) assert.deepEqual(images(text), expected, text);
});

test('files with a Dockerfile’s name', () => {
  const template = '<% if x %>\nFROM ruby:<%= version %> AS base\nFROM {{ .Base }}\n<% end %>\n';
  assert.deepEqual(images(template, 'Dockerfile.erb'), [
    '2 from/ruby - (<%= version %>)',
    '3 from/?{{ .Base }} -',
  ]);
  for (const [path, expected] of [
    ['Dockerfile', 'dockerfile'],
    ['a/Dockerfile.alpine', 'dockerfile'],
    ['Containerfile.erb', 'dockerfile'],
    ['a.dockerfile', 'dockerfile'],
    ['Dockerfile.dockerignore', null],
    ['a/Dockerfile.md', null],
    ['Dockerfile.json', null],
    ['Dockerfile.tt', null],
  ] as const)
    assert.equal(manifestFormat(path), expected, path);
});

test('what the builder refuses', () => {
  for (const [text, line] of [
    ['FORM node', 1],
    ['FROM node\n<<<<<<< HEAD\n', 2],
    ['RUN x\nFROM node', 1],
    ['ARG X=1\n', 1],
    ['FROM', 1],
    ['FROM node build', 1],
    ['FROM node AS', 1],
    ['FROM node\nCOPY --from=3 a b', 2],
    [`ARG A=aaaaaaaaaaaaaaaa\n${'ARG A=$A$A$A$A\n'.repeat(20)}FROM $A`, null],
    [`ARG A=${'${A:-'.repeat(1000)}\nFROM $A`, null],
  ] as const)
    assert.throws(
      () => images(text),
      (error: unknown) => error instanceof ManifestError && error.line === line,
      text,
    );
});
