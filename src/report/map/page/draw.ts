import { visible } from '../../escape.js';
import { arrange, curve, labelOf, type Rect } from './arrange.js';
import { count, onChosen, shape } from './dom.js';
import type { Bundle, Shown } from './folds.js';
import type { Place } from './tree.js';

export interface Drawing {
  readonly rects: ReadonlyMap<Place, Rect>;
  /** Elements of each place and bundle, to mark what is chosen. */
  readonly places: ReadonlyMap<Place, SVGElement>;
  readonly bundles: ReadonlyMap<Bundle, SVGElement>;
}

export interface Acts {
  place(place: Place): void;
  bundle(bundle: Bundle): void;
}

/** Numbers on arrows are read only while there are few. */
const NUMBERED = 80;

/** Draws all that is shown into `world`, in place of what was there. */
export function draw(
  world: SVGGElement,
  root: Place,
  shown: Shown,
  isOpen: (place: Place) => boolean,
  acts: Acts,
): Drawing {
  const label = (place: Place): string => labelOf(place, visible(place.label));
  const rects = arrange(root, shown, isOpen, label);
  const frames = shape('g');
  const lines = shape('g');
  const boxes = shape('g');
  const places = new Map<Place, SVGElement>();
  for (const [place, rect] of rects) {
    if (place === root) continue;
    const open = isOpen(place);
    const made = open ? drawFrame(place, rect, label(place)) : drawBox(place, rect, label(place));
    onChosen(made, () => acts.place(place));
    places.set(place, made);
    (open ? frames : boxes).append(made);
  }
  const bundles = new Map<Bundle, SVGElement>();
  for (const bundle of [...shown.bundles].reverse()) {
    const from = rects.get(bundle.from);
    const to = rects.get(bundle.to);
    if (from === undefined || to === undefined) continue;
    const made = drawBundle(bundle, from, to, shown.bundles.length <= NUMBERED);
    onChosen(made, () => acts.bundle(bundle));
    bundles.set(bundle, made);
    lines.append(made);
  }
  world.replaceChildren(frames, lines, boxes);
  return { rects, places, bundles };
}

function drawBox(place: Place, rect: Rect, label: string): SVGGElement {
  const isFolder = place.children.length > 0;
  const { x, y, width, height } = rect;
  const what = isFolder ? `${count(place.files, 'file')}, folded` : 'file';
  return shape(
    'g',
    {
      class: `place ${place.isRest ? 'rest' : isFolder ? 'folder' : 'file'}`,
      tabindex: 0,
      role: 'button',
      'aria-label': `${visible(place.path)}${place.isRest ? `, ${label}` : ''}, ${what}`,
    },
    shape('title', {}, visible(place.path)),
    shape('rect', { class: 'box', x, y, width, height, rx: isFolder ? 7 : 3 }),
    shape('text', { x: x + width / 2, y: y + height / 2 + 4, 'text-anchor': 'middle' }, label),
  );
}

function drawFrame(place: Place, { x, y, width, height }: Rect, label: string): SVGGElement {
  return shape(
    'g',
    {
      class: 'place frame',
      tabindex: 0,
      role: 'button',
      'aria-expanded': 'true',
      'aria-label': `${visible(place.path)}, ${count(place.files, 'file')}, unfolded`,
    },
    shape('title', {}, visible(place.path)),
    shape('rect', { class: 'box', x, y, width, height, rx: 9 }),
    shape('text', { x: x + 12, y: y + 18 }, `▾ ${label}`),
  );
}

function drawBundle(bundle: Bundle, from: Rect, to: Rect, numbered: boolean): SVGGElement {
  const { imports, violations, cyclic } = bundle;
  const d = curve(from, to);
  const style = violations > 0 ? 'wrong' : cyclic ? 'cyclic' : 'plain';
  const width = Math.min(6, 1 + Math.log2(imports.length) / 2).toFixed(1);
  const title = bundleTitle(bundle);
  const made = shape(
    'g',
    { class: `bundle ${style}`, tabindex: 0, role: 'button', 'aria-label': title },
    shape('title', {}, title),
    shape('path', { class: 'hit', d }),
    shape('path', { class: 'line', d, 'stroke-width': width, 'marker-end': `url(#end-${style})` }),
  );
  if (numbered) {
    const x = (from.x + from.width / 2 + to.x + to.width / 2) / 2;
    const y = (from.y + from.height / 2 + to.y + to.height / 2) / 2;
    const isSide = from === to || (to.x < from.x + from.width && to.x + to.width > from.x);
    const right = Math.max(from.x + from.width, to.x + to.width) + 30;
    made.append(shape('text', { class: 'number', x: isSide ? right : x, y: y - 4 }, String(imports.length)));
  }
  return made;
}

export function bundleTitle({ from, to, imports, violations, cyclic }: Bundle): string {
  const wrong = violations > 0 ? `, ${violations} against a decision` : '';
  return `${visible(from.path)} → ${visible(to.path)}: ${count(imports.length, 'import')}${wrong}${cyclic ? ', in a circle' : ''}`;
}
