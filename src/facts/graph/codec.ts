import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { decodeBytes, encodePath } from '../../git/path-bytes.js';
import { EDGE_KINDS } from '../../model/edges.js';
import type { ResolverContext } from '../resolve/index.js';
import type { FactError } from '../tree-facts.js';
import { MEMBER, NODE_TYPES } from './import-graph.js';
import { NameTable } from './name-table.js';
import { Notes } from './notes.js';
import { importGraph, type TreeGraph } from './tree-graph.js';

/**
 * A graph in one piece of bytes: a header of 32-bit words, then sections, each at a multiple of four.
 *
 *     magic, version, checksum of all that follows, words of the header, nodes, files, (offset, bytes) of each section
 *
 * The first section is the key that it was written under. In the byte order of the machine: on another one the magic
 * number is a different one.
 */
const MAGIC = 0x316e746c;
/** Changes with the form of any section. */
const GRAPH_VERSION = 1;
const FIXED_WORDS = 6;
const CHECKED_FROM = 12;
const SECTIONS = [
  'key',
  'names',
  'nameOffsets',
  'nameHashes',
  'types',
  'starts',
  'targets',
  'kinds',
  'lines',
  'placeStarts',
  'places',
  'noteNodes',
  'notes',
  'noteOffsets',
  'mixed',
  'folders',
  'surroundings',
] as const;
type Section = (typeof SECTIONS)[number];
const HEADER_BYTES = (FIXED_WORDS + SECTIONS.length * 2) * 4;

type Surroundings = Pick<TreeGraph, 'context' | 'links' | 'errors'>;

/** @param key what it is the graph of; `decodeGraph` wants the same */
export function encodeGraph(graph: TreeGraph, key: string): Buffer {
  const { imports, notes, places, context, links, errors, folders } = graph;
  const surroundings: Surroundings = { context, links, errors };
  const parts: Readonly<Record<Section, Uint8Array>> = {
    key: Buffer.from(key),
    names: imports.names.bytes,
    nameOffsets: bytesOf(imports.names.offsets),
    nameHashes: bytesOf(imports.names.hashes),
    types: imports.types,
    starts: bytesOf(imports.starts),
    targets: bytesOf(imports.targets),
    kinds: imports.kinds,
    lines: bytesOf(imports.lines),
    placeStarts: bytesOf(places.starts),
    places: bytesOf(places.hashes),
    noteNodes: bytesOf(notes.nodes),
    notes: notes.texts.bytes,
    noteOffsets: bytesOf(notes.texts.offsets),
    mixed: notes.mixed,
    folders: Buffer.concat(folders.map(folder => encodePath(`${folder}\0`))),
    surroundings: Buffer.from(JSON.stringify(surroundings)),
  };
  let end = HEADER_BYTES;
  const header = new Uint32Array(HEADER_BYTES / 4);
  SECTIONS.forEach((name, at) => {
    header[FIXED_WORDS + at * 2] = end;
    header[FIXED_WORDS + at * 2 + 1] = parts[name].length;
    end = aligned(end + parts[name].length);
  });
  header.set([MAGIC, GRAPH_VERSION, 0, header.length, imports.size, graph.files]);
  const encoded = Buffer.alloc(end);
  encoded.set(bytesOf(header));
  SECTIONS.forEach((name, at) => {
    encoded.set(parts[name], header[FIXED_WORDS + at * 2]);
  });
  encoded.writeUInt32LE(crc32(encoded.subarray(CHECKED_FROM)) >>> 0, 8);
  return encoded;
}

/**
 * Names, and what the graph was resolved with, are read when asked for.
 * @returns `null` when the bytes are cut off, damaged, of another version, or the graph of something else
 */
export function decodeGraph(bytes: Buffer, key: string): TreeGraph | null {
  // Words must begin at a multiple of four, which those of a shared buffer need not.
  const file = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  if (file.length < HEADER_BYTES || file.length % 4 !== 0) return null;
  const header = new Uint32Array(file.buffer, file.byteOffset, HEADER_BYTES / 4);
  const [magic, version, , words, size = 0, files = 0] = header;
  if (magic !== MAGIC || version !== GRAPH_VERSION || words !== header.length) return null;
  if (file.readUInt32LE(8) !== crc32(file.subarray(CHECKED_FROM)) >>> 0) return null;
  const part = (name: Section): Buffer => {
    const at = FIXED_WORDS + SECTIONS.indexOf(name) * 2;
    const start = header[at] ?? 0;
    return file.subarray(start, start + (header[at + 1] ?? 0));
  };
  const numbers = (name: Section): Uint32Array => {
    const { buffer, byteOffset, length } = part(name);
    return new Uint32Array(buffer, byteOffset, length / 4);
  };
  if (part('key').toString() !== key) return null;
  const names = new NameTable(part('names'), numbers('nameOffsets'), numbers('nameHashes'));
  const notes = new Notes(
    numbers('noteNodes'),
    new NameTable(part('notes'), numbers('noteOffsets')),
    part('mixed'),
  );
  const arrays = {
    types: part('types'),
    starts: numbers('starts'),
    targets: numbers('targets'),
    kinds: part('kinds'),
    lines: numbers('lines'),
  };
  const graph = importGraph(names, arrays, notes);
  if (graph.size !== size || arrays.starts.length !== size + 1) return null;
  return new Decoded(
    graph,
    files,
    { starts: numbers('placeStarts'), hashes: numbers('places') },
    notes,
    part,
  );
}

class Decoded implements TreeGraph {
  private read: Surroundings | null = null;
  private folderList: readonly string[] | null = null;

  constructor(
    readonly imports: TreeGraph['imports'],
    readonly files: number,
    readonly places: TreeGraph['places'],
    readonly notes: Notes,
    private readonly part: (name: 'folders' | 'surroundings') => Buffer,
  ) {}

  get context(): ResolverContext {
    return this.surroundings.context;
  }

  get links(): TreeGraph['links'] {
    return this.surroundings.links;
  }

  get errors(): readonly FactError[] {
    return this.surroundings.errors;
  }

  get folders(): readonly string[] {
    this.folderList ??= decodeBytes(this.part('folders')).split('\0').slice(0, -1);
    return this.folderList;
  }

  private get surroundings(): Surroundings {
    this.read ??= JSON.parse(this.part('surroundings').toString()) as Surroundings;
    return this.read;
  }
}

/** Kinds and types are stored as their places in these lists. */
export const GRAPH_FORMAT = `${GRAPH_VERSION} ${[...NODE_TYPES, ...EDGE_KINDS, MEMBER].join()}`;

function aligned(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}

function bytesOf(array: Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
