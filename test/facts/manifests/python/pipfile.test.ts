import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pipfile } from '../../../../src/facts/manifests/python/pipfile.js';
import { pipfileLock } from '../../../../src/facts/manifests/python/pipfile-lock.js';
import { entriesOf, parsed, refused, shown, tree } from './shown.js';

const PIPFILE = `[[source]]
url = "https://pypi.org/simple"
verify_ssl = true
name = "pypi"

[[source]]
url = "https://ours.example.com/simple"
name = "ours"

[packages]
Requests = {version = "*", extras = ["socks"]}
flask = "==2.0.1"
inner = {version = ">=1", index = "ours"}
fork = {git = "https://example.com/fork.git", ref = "v1", editable = true}
here = {path = "./here", editable = true}
file = {file = "https://example.com/file.zip"}

[dev-packages]
pytest = "~=7.0"

[docs]
sphinx = "*"

[server]
gunicorn = "*"

[requires]
python_version = "3.11"

[scripts]
test = "pytest"
`;

describe('Pipfile', () => {
  it('reads categories and sources', () =>
    assert.deepEqual(entriesOf(pipfile, 'app/Pipfile', PIPFILE), [
      '6 redirect production * registry:https://ours.example.com/simple',
      '11 production requests *',
      '12 production flask ==2.0.1 @2.0.1',
      '13 production inner >=1 registry:https://ours.example.com/simple',
      '14 production fork git:https://example.com/fork.git#v1',
      '15 production here path:app/here',
      '16 production file url:https://example.com/file.zip',
      '19 development pytest ~=7.0',
      '22 development sphinx *',
      '25 production gunicorn *',
    ]));

  for (const [text, says] of [
    ['[packages]\na = 1', /^2: packages.a is not/],
    ['[packages]\na = "1"\na = "2"', /^3: /],
    ['packages = "a"', /^1: packages is not a table/],
    ['[packages]\na = "1', /^2: /],
  ] as const)
    it(`refuses ${JSON.stringify(text)}`, () => assert.match(refused(pipfile, 'Pipfile', text), says));
});

/** As Pipenv writes it. */
const LOCK = `{
    "_meta": {
        "hash": {
            "sha256": "1f"
        },
        "pipfile-spec": 6,
        "requires": {},
        "sources": [
            {
                "name": "pypi",
                "url": "https://pypi.org/simple",
                "verify_ssl": true
            }
        ]
    },
    "default": {
        "certifi": {
            "hashes": [
                "sha256:aa",
                "sha256:bb"
            ],
            "markers": "python_version >= '3.6'",
            "version": "==2024.2.2"
        },
        "fork": {
            "editable": true,
            "git": "https://example.com/fork.git",
            "ref": "0123"
        },
        "requests": {
            "hashes": [],
            "index": "pypi",
            "version": "==2.31.0"
        }
    },
    "develop": {
        "certifi": {
            "hashes": [
                "sha256:aa"
            ],
            "version": "==2024.2.2"
        }
    }
}
`;

describe('Pipfile.lock', () => {
  it('reads it', () => {
    const file = parsed(pipfileLock, 'Pipfile.lock', LOCK);
    assert.deepEqual(file.entries.map(shown), [
      '17 production certifi @2024.2.2',
      '25 production fork git:https://example.com/fork.git#0123',
      '30 production requests @2.31.0 registry:https://pypi.org/simple',
      '37 development certifi @2024.2.2',
    ]);
    assert.deepEqual(file.entries[0]?.integrity, ['sha256:aa', 'sha256:bb']);
    assert.deepEqual(
      file.entries.map(({ id }) => id),
      ['default/certifi', 'default/fork', 'default/requests', 'develop/certifi'],
    );
  });

  it('takes the last of equal keys, and names of any kind', () => {
    const text =
      '{"_meta":{"pipfile-spec":6},\n"default":{"a":{"version":"==1"},\n"a":{"version":"==2"},\n"__proto__":{"version":"==3"},\n"q\\"{":{"x":[{"a":1}]}}}';
    assert.deepEqual(parsed(pipfileLock, 'Pipfile.lock', text).entries.map(shown), [
      '3 production a @2',
      '4 production -proto- @3',
      '5 production q"{',
    ]);
  });

  it('learns from the Pipfile what is wanted directly', () => {
    const lock = parsed(pipfileLock, 'app/Pipfile.lock', LOCK);
    const manifest = parsed(pipfile, 'app/Pipfile', PIPFILE);
    assert.deepEqual(pipfileLock.link?.(lock, tree(lock, manifest)).roots, {
      app: ['default/fork', 'default/requests'],
    });
  });

  const REFUSED: readonly (readonly [text: string, says: RegExp])[] = [
    ['', /no JSON/],
    ['[]', /no JSON object/],
    ['{}', /no _meta/],
    [LOCK.slice(0, 400), /no JSON/],
    [LOCK.replace('"pipfile-spec": 6', '"pipfile-spec": 7'), /^6: pipfile-spec 7 is unknown/],
    [LOCK.replace('"hashes": []', '"hashes": "x"'), /^30: hashes are no list/],
    [LOCK.replace('"hashes": []', '"hashes": [],, '), /no JSON/],
    [`${LOCK}<<<<<<< a\n>>>>>>> b\n`, /conflict markers/],
    ['{"_meta":{"pipfile-spec":6},"default":[]}', /default is no object/],
  ];
  for (const [text, says] of REFUSED)
    it(`refuses what is ${says}`, () => assert.match(refused(pipfileLock, 'Pipfile.lock', text), says));
});
