import { languageOf } from '../imports/index.js';
import { NODE_TYPES, type NodeType } from './import-graph.js';
import type { TreeGraph } from './tree-graph.js';

/** A file and an asset are told apart by their name; everything else may bear the name of something of another class. */
const CLASSES: readonly number[] = [0, 0, 1, 2, 3, 4];
const TYPE_NUMBERS: Readonly<Record<NodeType, number>> = {
  file: 0,
  asset: 1,
  folder: 2,
  package: 3,
  builtin: 4,
  missing: 5,
};

export function typeNumber(type: NodeType): number {
  return TYPE_NUMBERS[type];
}

/** Numbers for nodes while a graph is made: those of the known graph keep theirs, new ones follow. */
export class NodeIds {
  readonly addedNames: string[] = [];
  private readonly addedTypes: number[] = [];
  private readonly known: readonly Map<string, number>[] = [0, 1, 2, 3, 4].map(() => new Map());

  constructor(private readonly base: TreeGraph | null) {}

  get size(): number {
    return this.baseSize + this.addedNames.length;
  }

  private get baseSize(): number {
    return this.base?.imports.size ?? 0;
  }

  id(name: string, type: NodeType): number {
    const number = typeNumber(type);
    const names = this.known[CLASSES[number] ?? 0];
    if (names === undefined) throw new RangeError(`no such type: ${type}`);
    let id = names.get(name);
    if (id === undefined) {
      id = this.inBase(name, number) ?? this.add(name, number);
      names.set(name, id);
    }
    return id;
  }

  /** A file of the tree. Most are asked for many times; what a name says of it is looked at once. */
  treeId(path: string): number {
    return this.known[0]?.get(path) ?? this.id(path, languageOf(path) === null ? 'asset' : 'file');
  }

  nameOf(id: number): string {
    return id < this.baseSize
      ? (this.base?.imports.names.at(id) ?? '')
      : (this.addedNames[id - this.baseSize] ?? '');
  }

  typeNumberOf(id: number): number {
    return id < this.baseSize
      ? (this.base?.imports.types[id] ?? 0)
      : (this.addedTypes[id - this.baseSize] ?? 0);
  }

  typeOf(id: number): NodeType {
    return NODE_TYPES[this.typeNumberOf(id)] ?? 'missing';
  }

  private inBase(name: string, type: number): number | null {
    if (this.base === null) return null;
    const { names, types } = this.base.imports;
    for (const node of names.all(name)) if (CLASSES[types[node] ?? 0] === CLASSES[type]) return node;
    return null;
  }

  private add(name: string, type: number): number {
    const id = this.size;
    this.addedNames.push(name);
    this.addedTypes.push(type);
    return id;
  }
}
