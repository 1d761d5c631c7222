import assert from 'node:assert/strict';
import {
  type DependencyFiles,
  ManifestError,
  type ManifestFormat,
} from '../../../../src/facts/manifests/format.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../../src/model/dependency.js';

/** One entry in a line: `line role scope name[=alias] range ==version from place`. */
export function shown(entry: DependencyEntry): string {
  const { line, role, scope, name, alias, range, version, source } = entry;
  const parts = [
    String(line),
    ...(role === 'dependency' ? [] : [role]),
    scope,
    alias === undefined || alias === name ? name : `${name}=${alias}`,
    ...(range === null ? [] : [range]),
    ...(version === null ? [] : [`@${version}`]),
    ...(source.type === 'registry' && source.url === null ? [] : [placeOf(source)]),
  ];
  return parts.join(' ');
}

function placeOf(source: DependencyEntry['source']): string {
  switch (source.type) {
    case 'registry':
    case 'url':
      return `${source.type}:${source.url}`;
    case 'git':
      return `git:${source.url}#${source.revision}`;
    default:
      return `${source.type}:${source.path}`;
  }
}

export function parsed(format: ManifestFormat, path: string, text: string): DependencyFile {
  return format.parse(repoPath(path), text);
}

export function entriesOf(format: ManifestFormat, path: string, text: string): readonly string[] {
  return parsed(format, path, text).entries.map(shown);
}

export function tree(...files: readonly DependencyFile[]): DependencyFiles {
  return {
    file: path => files.find(file => file.path === path) ?? null,
    all: () => files,
  };
}

/** Parses, and expects a refusal. @returns its line and message */
export function refused(format: ManifestFormat, path: string, text: string): string {
  try {
    parsed(format, path, text);
  } catch (error) {
    assert.ok(error instanceof ManifestError, String(error));
    return `${error.line}: ${error.message}`;
  }
  return assert.fail(`not refused: ${text}`);
}
