import type { FactError } from '../tree-facts.js';
import { Flags } from './flags.js';
import { type ImportGraph, MEMBER } from './import-graph.js';
import { NameTable } from './name-table.js';
import { typeNumber } from './node-ids.js';
import { mixedText, Notes } from './notes.js';
import type { RowEdge } from './rows.js';
import type { Staging } from './staging.js';
import { importGraph, type TreeGraph } from './tree-graph.js';

const FOLDER = typeNumber('folder');

/** What an update leaves of the graph that it starts from. */
export interface Kept {
  /** Rows of the known graph that are dropped: 1. */
  readonly gone: Uint8Array;
  /** Must the members of this folder node be looked up again? @param name with its slash */
  folderChanged(name: string): boolean;
}

/** Puts the rows that were read and those that stay together to one graph. */
export function assemble(staging: Staging, kept: Kept): TreeGraph {
  return new Assembly(staging, kept).run();
}

class Assembly {
  private readonly baseFiles: number;
  private readonly rowIds: number[] = [];
  private readonly alive: Flags;
  /** Nodes of the known graph that a row which stays leads to. */
  private readonly stillMeant: Flags;
  private readonly members = new Map<number, readonly number[]>();

  constructor(
    private readonly staging: Staging,
    private readonly kept: Kept,
  ) {
    this.baseFiles = staging.base?.files ?? 0;
    this.stillMeant = new Flags(staging.base?.imports.size ?? 0);
    this.alive = new Flags(staging.ids.size);
  }

  run(): TreeGraph {
    const { staging } = this;
    this.chooseRows();
    this.markTargets();
    const notes = this.notes();
    this.readMembers(notes);
    const order = this.order();
    const numbers = new Uint32Array(staging.ids.size);
    order.forEach((id, number) => {
      numbers[id] = number;
    });
    const imports = this.arrays(order, numbers, this.numbered(notes, numbers));
    return {
      imports: imports.graph,
      files: this.rowIds.length,
      context: staging.source.context,
      links: staging.source.links.texts(),
      errors: this.errors(),
      places: this.places(),
      notes: imports.notes,
      folders: mergedFolders(staging.base?.folders ?? [], staging.places.folders),
    };
  }

  /** A row of the known graph that is taken over. */
  private stays(id: number): boolean {
    return id < this.baseFiles && !this.staging.rows.has(id) && this.kept.gone[id] !== 1;
  }

  private chooseRows(): void {
    const { rows } = this.staging;
    for (let id = 0; id < this.baseFiles; id++) if (rows.has(id) || this.stays(id)) this.rowIds.push(id);
    for (const id of rows.nodes) if (id >= this.baseFiles) this.rowIds.push(id);
  }

  private markTargets(): void {
    const base = this.staging.base?.imports;
    for (const id of this.rowIds) {
      if (base === undefined || !this.stays(id)) this.staging.rows.each(id, to => this.alive.add(to));
      else
        for (let edge = base.starts[id] ?? 0; edge < (base.starts[id + 1] ?? 0); edge++)
          this.stillMeant.add(base.targets[edge] ?? 0);
    }
    this.stillMeant.each(id => this.alive.add(id));
  }

  /** Notes of all nodes that live, by their temporary number. */
  private notes(): Map<number, { readonly text: string; readonly mixed: boolean }> {
    const { base, said } = this.staging;
    const notes = new Map<number, { readonly text: string; readonly mixed: boolean }>();
    for (const [at, id] of (base?.notes.nodes ?? []).entries())
      if (this.stillMeant.has(id))
        notes.set(id, { text: base?.notes.texts.at(at) ?? '', mixed: base?.notes.mixed[at] === 1 });
    for (const [id, texts] of said) {
      const all = new Set(texts);
      const isStillMeant = this.stillMeant.has(id);
      const before = notes.get(id);
      if (isStillMeant) all.add(before?.text ?? '');
      const [only = ''] = all;
      const mixed = all.size > 1 || (isStillMeant && before?.mixed === true);
      const text = all.size > 1 ? mixedText(all) : only;
      if (text === '') notes.delete(id);
      else notes.set(id, { text, mixed });
    }
    return notes;
  }

  private readMembers(notes: ReadonlyMap<number, { readonly text: string }>): void {
    const { ids, base, source } = this.staging;
    const folders: number[] = [];
    this.alive.each(id => {
      if (ids.typeNumberOf(id) === FOLDER) folders.push(id);
    });
    for (const id of folders) {
      const name = ids.nameOf(id);
      const text = notes.get(id)?.text ?? '';
      const isKnown = base !== null && id < base.imports.size && base.notes.text(id) === text;
      let members: readonly number[];
      if (isKnown && !this.kept.folderChanged(name)) members = rowTargets(base.imports, id);
      else members = source.members(name.slice(0, -1), text.split('\0')).map(path => ids.treeId(path));
      this.members.set(id, members);
    }
    for (const members of this.members.values()) for (const member of members) this.alive.add(member);
  }

  /** Temporary numbers in the order of the new ones: rows first. */
  private order(): Uint32Array {
    const isRow = new Flags(this.staging.ids.size);
    for (const id of this.rowIds) isRow.add(id);
    const others: number[] = [];
    this.alive.each(id => {
      if (!isRow.has(id)) others.push(id);
    });
    const order = new Uint32Array(this.rowIds.length + others.length);
    order.set(this.rowIds);
    order.set(others, this.rowIds.length);
    return order;
  }

  private numbered(
    notes: ReadonlyMap<number, { readonly text: string; readonly mixed: boolean }>,
    numbers: Uint32Array,
  ): Notes {
    const list = [...notes]
      .map(([id, note]) => ({ node: numbers[id] ?? 0, ...note }))
      .sort((a, b) => a.node - b.node);
    return new Notes(
      Uint32Array.from(list, ({ node }) => node),
      NameTable.of(list.map(({ text }) => text)),
      Uint8Array.from(list, ({ mixed }) => (mixed ? 1 : 0)),
    );
  }

  private arrays(
    order: Uint32Array,
    numbers: Uint32Array,
    notes: Notes,
  ): { readonly graph: ImportGraph; readonly notes: Notes } {
    const { ids, base } = this.staging;
    const starts = new Uint32Array(order.length + 1);
    order.forEach((id, node) => {
      starts[node + 1] = (starts[node] ?? 0) + this.lengthOf(id);
    });
    const count = starts[order.length] ?? 0;
    const targets = new Uint32Array(count);
    const kinds = new Uint8Array(count);
    const lines = new Uint32Array(count);
    order.forEach((id, node) => {
      const start = starts[node] ?? 0;
      let at = start;
      let sorted = true;
      this.eachEdge(id, (to, kind, line) => {
        const target = numbers[to] ?? 0;
        if (at > start && (targets[at - 1] ?? 0) > target) sorted = false;
        targets[at] = target;
        kinds[at] = kind;
        lines[at] = line;
        at += 1;
      });
      if (!sorted) sortRow(targets, kinds, lines, start, at);
    });
    const names = NameTable.gather(base?.imports.names ?? NameTable.of([]), ids.addedNames, order);
    const types = Uint8Array.from(order, id => ids.typeNumberOf(id));
    return { graph: importGraph(names, { types, starts, targets, kinds, lines }, notes), notes };
  }

  private lengthOf(id: number): number {
    const base = this.staging.base?.imports;
    const members = this.members.get(id);
    if (members !== undefined) return members.length;
    if (this.stays(id)) return (base?.starts[id + 1] ?? 0) - (base?.starts[id] ?? 0);
    return this.staging.rows.length(id);
  }

  private eachEdge(id: number, visit: (to: number, kind: number, line: number) => void): void {
    const members = this.members.get(id);
    if (members !== undefined) for (const member of members) visit(member, MEMBER, 0);
    else if (!this.stays(id)) this.staging.rows.each(id, visit);
    else {
      const base = this.staging.base?.imports;
      if (base === undefined) return;
      for (let edge = base.starts[id] ?? 0; edge < (base.starts[id + 1] ?? 0); edge++)
        visit(base.targets[edge] ?? 0, base.kinds[edge] ?? 0, base.lines[edge] ?? 0);
    }
  }

  private errors(): readonly FactError[] {
    const { base, ids, errors } = this.staging;
    const all = [...errors.values()];
    for (const error of base?.errors ?? []) {
      const id = ids.treeId(error.path);
      if (this.stays(id)) all.push(error);
    }
    return all.sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  private places(): TreeGraph['places'] {
    const { base, rows } = this.staging;
    const starts = new Uint32Array(this.rowIds.length + 1);
    const parts = this.rowIds.map((id, row) => {
      const part =
        base !== null && this.stays(id)
          ? base.places.hashes.subarray(base.places.starts[id], base.places.starts[id + 1])
          : rows.places(id);
      starts[row + 1] = (starts[row] ?? 0) + part.length;
      return part;
    });
    const hashes = new Uint32Array(starts[this.rowIds.length] ?? 0);
    parts.forEach((part, row) => {
      hashes.set(part, starts[row]);
    });
    return { starts, hashes };
  }
}

function rowTargets(graph: ImportGraph, node: number): readonly number[] {
  return [...graph.targets.subarray(graph.starts[node], graph.starts[node + 1])];
}

function sortRow(
  targets: Uint32Array,
  kinds: Uint8Array,
  lines: Uint32Array,
  start: number,
  end: number,
): void {
  const row: RowEdge[] = [];
  for (let at = start; at < end; at++)
    row.push({ to: targets[at] ?? 0, kind: kinds[at] ?? 0, line: lines[at] ?? 0 });
  row.sort((a, b) => a.to - b.to || a.kind - b.kind);
  row.forEach(({ to, kind, line }, place) => {
    targets[start + place] = to;
    kinds[start + place] = kind;
    lines[start + place] = line;
  });
}

function mergedFolders(known: readonly string[], found: ReadonlySet<string>): readonly string[] {
  const all = new Set(known);
  for (const folder of found) all.add(folder);
  return all.size === known.length ? known : [...all].sort();
}
