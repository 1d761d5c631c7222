import type { Leaf, Next } from './random-trees.js';

interface Language {
  readonly extension: string;
  readonly folders: readonly string[];
  readonly names: readonly string[];
  /** Written into a file of the folder. `name`: of the language's names; `folder`: one of its folders. */
  readonly lines: readonly ((name: string, folder: string) => string)[];
  /** At the head of a file. */
  head?(folder: string): string;
  readonly settings?: Readonly<Record<string, readonly string[]>>;
}

const dotted = (folder: string): string => folder.replaceAll('/', '.');

/** Names that stand for their folder in one language or another are among all of them. */
const NAMES = ['a', 'b', 'index', 'mod', '__init__', 'x-y', 'a.b'];

export const LANGUAGES: Readonly<Record<string, Language>> = {
  python: {
    extension: 'py',
    folders: ['core', 'ui', 'core/sub', 'src/app', 'core/index'],
    names: NAMES,
    lines: [
      (name, folder) => `from ${dotted(folder)}.${name} import f`,
      (name, folder) => `import ${dotted(folder)}.${name}`,
      (name, folder) => `from ${dotted(folder)} import ${name}`,
      name => `from . import ${name}`,
      name => `from .${name} import g`,
      name => `from ..core import ${name}`,
      name => `import ${name}`,
    ],
    settings: {
      'pyproject.toml': [
        '',
        '[project]\nname = "core"\n',
        '[tool.setuptools.packages.find]\nwhere = ["src"]\n',
      ],
    },
  },
  php: {
    extension: 'php',
    folders: ['src', 'src/Db', 'lib', 'src/index'],
    names: ['A', 'B', 'index', 'mod'],
    head: folder => `<?php\nnamespace App\\${folder.replaceAll('/', '\\')};\n`,
    lines: [
      name => `use App\\${name};`,
      name => `use App\\Db\\${name};`,
      name => `use App\\index\\${name};`,
      name => `require __DIR__ . '/${name}.php';`,
      (name, folder) => `require_once '${folder}/${name}.php';`,
    ],
    settings: {
      'composer.json': [
        '{"autoload":{"psr-4":{"App\\\\":"src/"}}}',
        '{"autoload":{"psr-4":{"App\\\\":["src/","lib/"]}}}',
        '{}',
      ],
    },
  },
  ruby: {
    extension: 'rb',
    folders: ['lib', 'lib/core', 'app/models'],
    names: NAMES,
    lines: [
      name => `require_relative '${name}'`,
      name => `require_relative '../${name}'`,
      name => `require 'core/${name}'`,
      name => `require '${name}'`,
    ],
  },
  rust: {
    extension: 'rs',
    folders: ['src', 'src/core', 'src/a', 'src/index'],
    names: ['lib', 'main', 'a', 'b', 'mod', 'index'],
    lines: [
      name => `mod ${name};`,
      name => `use crate::${name}::f;`,
      name => `use super::${name}::g;`,
      name => `use crate::core::${name};`,
    ],
    settings: { 'Cargo.toml': ['[package]\nname = "one"\n', '[package]\nname = "two"\n'] },
  },
  c: {
    extension: 'h',
    folders: ['include', 'src', 'src/core'],
    names: NAMES,
    lines: [
      name => `#include "${name}.h"`,
      name => `#include <${name}.h>`,
      name => `#include "core/${name}.h"`,
      name => `#include "../${name}.h"`,
    ],
  },
  java: {
    extension: 'java',
    folders: ['src/main/java/core', 'src/main/java/ui', 'src/main/java/core/index'],
    names: ['A', 'B', 'index'],
    head: folder => `package ${dotted(folder.slice('src/main/java/'.length))};\n`,
    lines: [
      name => `import core.${name};`,
      name => `import ui.${name};`,
      () => 'import core.*;',
      name => `import static core.index.${name}.f;`,
    ],
  },
  go: {
    extension: 'go',
    folders: ['core', 'ui', 'core/index'],
    names: ['a', 'b', 'index', 'a_test'],
    head: folder => `package ${folder.slice(folder.lastIndexOf('/') + 1)}\n`,
    lines: [
      () => 'import "example.org/m/core"',
      () => 'import "example.org/m/ui"',
      () => 'import "example.org/m/core/index"',
      () => 'import "example.org/other/x"',
    ],
    settings: { 'go.mod': ['module example.org/m\n', 'module example.org/other\n'] },
  },
};

/** One random edit of a tree in one language: a file written, deleted or moved, or a setting changed. */
export function editIn(language: Language): (next: Next, files: Map<string, Leaf>) => void {
  const { extension, folders, names, lines, head, settings = {} } = language;
  return (next, files) => {
    const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
    const somewhere = (): string => `${pick(folders)}/${pick(names)}.${extension}`;
    const write = (path: string): void => {
      const folder = path.slice(0, path.lastIndexOf('/'));
      const written = Array.from({ length: 1 + next(3) }, () => pick(lines)(pick(names), pick(folders)));
      files.set(path, { mode: '100644', text: `${head?.(folder) ?? ''}${written.join('\n')}\n` });
    };
    const sources = [...files.keys()].filter(path => path.endsWith(`.${extension}`));
    const settingNames = Object.keys(settings);
    const what = next(10);
    if (what < 5 || sources.length === 0) write(somewhere());
    else if (what < 7) files.delete(pick(sources));
    else if (what < 9 || settingNames.length === 0) {
      const from = pick(sources);
      const leaf = files.get(from);
      files.delete(from);
      if (leaf !== undefined) files.set(somewhere(), leaf);
    } else {
      const name = pick(settingNames);
      files.set(name, { mode: '100644', text: pick(settings[name] ?? ['']) });
    }
  };
}
