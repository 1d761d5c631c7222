import * as nodeFs from 'node:fs';
import path from 'node:path';
import * as isomorphic from 'isomorphic-git';
import { isOid, type Oid, oid } from '../../model/brand.js';
import type { Environment } from '../environment.js';
import { GitError, type Repository } from '../repository.js';
import type { Boundary } from '../walk/shallow.js';
import { parseConfig, type Setting } from './config-file.js';
import { type FileSystem, readIfThere, readTextIfThere } from './file-system.js';
import { parseIndex } from './index-file.js';
import { findLayout } from './layout.js';
import { ObjectRepository } from './object-repository.js';
import { readRef, refNames } from './ref-files.js';
import { refuseUnreadable, unsupported } from './refusals.js';
import type { Sources, StoredObject } from './sources.js';

export interface EmbeddedOptions {
  readonly cwd: string;
  readonly environment?: Environment;
  /** Where the repository lies; default: the disk. */
  readonly fs?: FileSystem;
}

/**
 * The backend without a git binary: objects through isomorphic-git, the rest read here. Object stores are
 * read whole (about three times the pack's size in memory): for small repositories and trees in memory.
 * @throws GitError `unsupported`, naming the feature, for repositories that it would misread
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Repository> {
  const { cwd, environment = {} } = options;
  const fs = options.fs ?? nodeFs;
  const { gitDirectory, worktree } = await findLayout(fs, cwd, environment);
  const configFile = `${gitDirectory}/config`;
  const local = parseConfig((await readTextIfThere(fs, configFile)) ?? '', configFile);
  await refuseUnreadable(fs, gitDirectory, local, environment);
  const isBare = isTrue(local, 'core.bare');
  const root = isBare && !environment['GIT_WORK_TREE'] ? null : worktree;
  const named = environment['GIT_INDEX_FILE'];
  return new ObjectRepository(
    { gitDirectory, commonDirectory: gitDirectory, worktree: root, objectFormat: 'sha1' },
    fileSources({
      fs,
      gitDirectory,
      // Git reads a relative value from the root, wherever it was started.
      indexFile: named ? path.resolve(root ?? gitDirectory, named) : `${gitDirectory}/index`,
      configFiles: [
        ...(options.fs === undefined ? outerConfigFiles(environment) : []),
        configFile,
        ...(isTrue(local, 'extensions.worktreeconfig') ? [`${configFile}.worktree`] : []),
      ],
    }),
  );
}

function isTrue(settings: readonly Setting[], key: string): boolean {
  return /^(?:true|yes|on|1)$/i.test(settings.findLast(([name]) => name === key)?.[1] ?? '');
}

interface Files {
  readonly fs: FileSystem;
  readonly gitDirectory: string;
  readonly indexFile: string;
  readonly configFiles: readonly string[];
}

function fileSources({ fs, gitDirectory, indexFile, configFiles }: Files): Sources {
  const cache = {};
  let boundary: Promise<Boundary> | null = null;
  let settings: Promise<ReadonlyMap<string, string>> | null = null;
  return {
    object: id => readObject(fs, gitDirectory, id, cache),
    expand: prefix => expand(fs, gitDirectory, prefix, cache),
    ref: name => readRef(fs, gitDirectory, name),
    refNames: () => refNames(fs, gitDirectory),
    async index() {
      const bytes = await readIfThere(fs, indexFile);
      return bytes === null ? [] : parseIndex(bytes, indexFile);
    },
    boundary() {
      boundary ??= readBoundary(fs, gitDirectory);
      return boundary;
    },
    async config(key) {
      settings ??= readSettings(fs, configFiles);
      return (await settings).get(key) ?? null;
    },
  };
}

async function readObject(
  fs: FileSystem,
  gitdir: string,
  id: Oid,
  cache: object,
): Promise<StoredObject | null> {
  try {
    const found = await isomorphic.readObject({ fs, gitdir, oid: id, format: 'content', cache });
    if (found.format !== 'content') throw new GitError('failed', `object ${id} was read as ${found.format}`);
    return { type: found.type, content: Buffer.from(found.object) };
  } catch (error) {
    if (error instanceof isomorphic.Errors.NotFoundError) return null;
    if (error instanceof GitError) throw error;
    throw new GitError('failed', `object ${id} can't be read: ${messageOf(error)}`, 'git fsck');
  }
}

async function expand(
  fs: FileSystem,
  gitdir: string,
  prefix: string,
  cache: object,
): Promise<readonly Oid[]> {
  try {
    return [oid(await isomorphic.expandOid({ fs, gitdir, oid: prefix, cache }))];
  } catch (error) {
    if (error instanceof isomorphic.Errors.NotFoundError) return [];
    if (error instanceof isomorphic.Errors.AmbiguousError) return error.data.matches.map(oid);
    throw new GitError('failed', `${prefix} can't be looked up: ${messageOf(error)}`);
  }
}

async function readBoundary(fs: FileSystem, gitDirectory: string): Promise<Boundary> {
  const text = await readTextIfThere(fs, `${gitDirectory}/shallow`);
  return text === null ? null : new Set(text.split('\n').filter(isOid));
}

/** Outermost first: a later file wins. */
function outerConfigFiles(environment: Environment): readonly string[] {
  const home = environment['HOME'];
  const xdg = environment['XDG_CONFIG_HOME'] || (home ? `${home}/.config` : '');
  const noSystem = environment['GIT_CONFIG_NOSYSTEM'] ?? '';
  const system = /^(?:|0|false|no|off)$/i.test(noSystem)
    ? (environment['GIT_CONFIG_SYSTEM'] ?? '/etc/gitconfig')
    : '';
  const global = environment['GIT_CONFIG_GLOBAL'];
  const user =
    global !== undefined ? [global] : [xdg && `${xdg}/git/config`, home ? `${home}/.gitconfig` : ''];
  return [system, ...user].filter(file => file !== '');
}

async function readSettings(fs: FileSystem, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const all: Setting[] = [];
  for (const file of files) all.push(...parseConfig((await readTextIfThere(fs, file)) ?? '', file));
  // What an included file says depends on paths and branches that only git follows rightly.
  if (all.some(([key]) => /^include(?:if\..*)?\.path$/s.test(key)))
    throw unsupported('configuration that includes other files (include.path)');
  return new Map(all);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
