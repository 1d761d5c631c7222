import { visible } from '../../escape.js';
import type { PageData, PageViolation } from './data.js';
import { button, count, element } from './dom.js';
import type { Bundle } from './folds.js';
import type { Place, Tree } from './tree.js';

/** Imports, neighbours and violations listed at once. */
const LISTED = 200;

export interface PanelActs {
  choose(place: Place): void;
  chooseBundle(bundle: Bundle): void;
  toggle(place: Place): void;
  focus(place: Place | null): void;
}

export interface PanelState {
  readonly bundles: readonly Bundle[];
  readonly focus: Place | null;
  isOpen(place: Place): boolean;
}

/** The column beside the drawing: what is chosen, in words. */
export class Panel {
  private readonly violationsOf = new Map<number, PageViolation[]>();

  constructor(
    private readonly at: HTMLElement,
    private readonly data: PageData,
    private readonly tree: Tree,
    private readonly acts: PanelActs,
  ) {
    for (const one of data.violations) {
      const known = this.violationsOf.get(one.at);
      if (known === undefined) this.violationsOf.set(one.at, [one]);
      else known.push(one);
    }
  }

  overview(): void {
    const { data } = this;
    const parts: Node[] = [
      element('h2', {}, 'What imports what'),
      element('p', { class: 'faint' }, `Commit ${data.commit.slice(0, 10)}. Choose a box or an arrow.`),
    ];
    if (data.violations.length > 0)
      parts.push(
        element('h3', {}, `${count(data.violations.length, 'violation')} of decisions`),
        this.list(data.violations, one => this.violation(one)),
      );
    if (data.unread.length > 0)
      parts.push(
        element('h3', { class: 'wrong-text' }, `${count(data.unread.length, 'file')} could not be read`),
        this.list(data.unread, ([path, reason]) => element('li', {}, `${visible(path)}: ${visible(reason)}`)),
      );
    this.at.replaceChildren(...parts);
  }

  bundle(bundle: Bundle): void {
    const { from, to, imports, cyclic } = bundle;
    const wrong = imports.flatMap(at => this.violationsOf.get(at) ?? []);
    const speaking = new Set(
      imports.flatMap(at => this.data.governed[this.data.imports[at]?.[0] ?? -1] ?? []),
    );
    const parts: Node[] = [
      element('h2', {}, `${visible(from.path)} → ${visible(to.path)}`),
      element('p', {}, count(imports.length, 'import')),
    ];
    if (cyclic) parts.push(element('p', { class: 'circle-text' }, 'Part of a circle.'));
    if (wrong.length > 0)
      parts.push(
        element('h3', { class: 'wrong-text' }, 'Against a decision'),
        this.list(wrong, one => this.violation(one)),
      );
    if (speaking.size > 0)
      parts.push(
        element('h3', {}, 'Decisions that speak about it'),
        this.list([...speaking], at => element('li', {}, visible(this.data.decisions[at] ?? ''))),
      );
    parts.push(
      element('h3', {}, 'Imports'),
      this.list(imports, at => this.import(at)),
    );
    this.at.replaceChildren(...parts);
  }

  place(place: Place, { bundles, focus, isOpen }: PanelState): void {
    const row = element('p', { class: 'row' });
    if (place.children.length > 0 && !place.isRest)
      row.append(button(isOpen(place) ? 'Fold' : 'Unfold', () => this.acts.toggle(place)));
    if (!place.isRest) row.append(button('Only this', () => this.acts.focus(place)));
    if (focus !== null) row.append(button('Back to all', () => this.acts.focus(null)));
    const parts: Node[] = [element('h2', {}, visible(place.path)), row];
    if (place.isRest)
      parts.push(
        element('p', {}, `${place.label}: too many to draw. The heaviest are drawn; choose one to add it.`),
        this.list(place.children, child => this.member(child)),
      );
    else if (place.children.length > 0)
      parts.push(element('p', { class: 'faint' }, count(place.files, 'file')));
    const within = this.within(place);
    const out = bundles.filter(({ from, to }) => within.has(from) && !within.has(to));
    const into = bundles.filter(({ from, to }) => within.has(to) && !within.has(from));
    const self = bundles.filter(({ from, to }) => within.has(from) && within.has(to));
    for (const [title, some, end] of [
      ['Imports', out, 'to'],
      ['Is imported by', into, 'from'],
      ['Between its parts', self, null],
    ] as const) {
      if (some.length === 0) continue;
      const sorted = [...some].sort((a, b) => b.imports.length - a.imports.length);
      parts.push(
        element('h3', {}, title),
        this.list(sorted, bundle => this.neighbour(bundle, end, place)),
      );
    }
    this.at.replaceChildren(...parts);
  }

  private within(place: Place): ReadonlySet<Place> {
    const all = new Set<Place>([place]);
    if (place.isRest) return all;
    for (const one of this.tree.places)
      for (let at: Place | null = one; at !== null; at = at.parent)
        if (at === place) {
          all.add(one);
          break;
        }
    return all;
  }

  private list<T>(all: readonly T[], item: (one: T) => HTMLElement): HTMLElement {
    const items = all.slice(0, LISTED).map(item);
    if (all.length > LISTED)
      items.push(
        element('li', { class: 'faint' }, `… and ${(all.length - LISTED).toLocaleString('en')} more`),
      );
    return element('ul', {}, ...items);
  }

  private import(at: number): HTMLElement {
    const [from = 0, , line, kind = 0, specifier] = this.data.imports[at] ?? [];
    const item = element(
      'li',
      {},
      element('span', { class: 'place-name' }, `${visible(this.data.places[from]?.[0] ?? '')}:${line}`),
      ' ',
      element('code', {}, typeof specifier === 'string' ? visible(specifier) : 'computed'),
      ' ',
      element('span', { class: 'faint' }, this.data.kinds[kind] ?? ''),
    );
    if (this.violationsOf.has(at)) item.classList.add('wrong-text');
    return item;
  }

  private violation({ file, place, decision, text, waived }: PageViolation): HTMLElement {
    const end = this.tree.ofData[file];
    const where = end === undefined ? visible(place) : button(visible(place), () => this.acts.choose(end));
    const state = waived ? ' (waived)' : '';
    return element('li', {}, element('b', {}, visible(decision)), `${state} `, where, ` ${visible(text)}`);
  }

  private member(place: Place): HTMLElement {
    return element(
      'li',
      {},
      button(visible(place.path), () => this.acts.choose(place)),
    );
  }

  private neighbour(bundle: Bundle, end: 'from' | 'to' | null, place: Place): HTMLElement {
    const { from, to, imports, violations, cyclic } = bundle;
    const isPart = (end === 'to' ? from : to) !== place;
    const name =
      end === null || isPart ? `${visible(from.path)} → ${visible(to.path)}` : visible(bundle[end].path);
    const item = element(
      'li',
      {},
      button(name, () => this.acts.chooseBundle(bundle)),
      ` ${imports.length.toLocaleString('en')}`,
    );
    if (violations > 0)
      item.append(element('span', { class: 'wrong-text' }, `, ${violations} against a decision`));
    else if (cyclic) item.append(element('span', { class: 'circle-text' }, ', in a circle'));
    return item;
  }
}
