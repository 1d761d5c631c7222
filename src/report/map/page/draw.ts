import { visible } from '../../escape.js';
import { curve, type Rect } from '../curve.js';
import { boxWidth } from '../sizes.js';
import { arrange, labelOf } from './arrange.js';
import { count, onChosen, shape } from './dom.js';
import type { Bundle, Shown } from './folds.js';
import type { Place } from './tree.js';

export interface Drawing {
  readonly rects: ReadonlyMap<Place, Rect>;
  /** Elements of each place and bundle, to mark what is chosen. */
  readonly places: ReadonlyMap<Place, DrawnPlace>;
  readonly bundles: ReadonlyMap<Bundle, SVGElement>;
}

interface DrawnPlace {
  readonly whole: SVGElement;
  /** What is pressed to fold or unfold it. */
  readonly handle: SVGElement;
}

export interface Acts {
  /** Its box, or its frame's title, was pressed. */
  place(place: Place): void;
  /** Its frame was pressed. */
  frame(place: Place): void;
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
  const places = new Map<Place, DrawnPlace>();
  for (const [place, rect] of rects) {
    if (place === root) continue;
    const open = isOpen(place);
    const handle = open ? frameTitle(place, rect, label(place)) : drawBox(place, rect, label(place));
    onChosen(handle, () => acts.place(place));
    boxes.append(handle);
    const whole = open ? drawFrame(place, rect) : handle;
    if (open) {
      whole.addEventListener('click', () => acts.frame(place));
      frames.append(whole);
    }
    places.set(place, { whole, handle });
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
      ...(isFolder && !place.isRest ? { 'aria-expanded': 'false' } : {}),
      class: `place ${place.isRest ? 'rest' : isFolder ? 'folder' : 'file'}`,
      tabindex: 0,
      role: 'button',
      'aria-label': `${visible(place.path)}, ${what}`,
    },
    shape('title', {}, visible(place.path)),
    shape('rect', { class: 'box', x, y, width, height, rx: isFolder ? 7 : 3 }),
    shape('text', { x: x + width / 2, y: y + height / 2 + 4, 'text-anchor': 'middle' }, label),
  );
}

function drawFrame(place: Place, { x, y, width, height }: Rect): SVGGElement {
  return shape(
    'g',
    { class: 'place frame' },
    shape('title', {}, visible(place.path)),
    shape('rect', { class: 'box', x, y, width, height, rx: 9 }),
  );
}

/** Above the arrows, which would run through it. */
function frameTitle(place: Place, { x, y }: Rect, label: string): SVGGElement {
  const text = `▾ ${label}`;
  return shape(
    'g',
    {
      class: 'place title',
      tabindex: 0,
      role: 'button',
      'aria-expanded': 'true',
      'aria-label': `${visible(place.path)}, ${count(place.files, 'file')}, unfolded`,
    },
    shape('title', {}, `fold ${visible(place.path)}`),
    shape('rect', { class: 'grip', x: x + 6, y: y + 4, width: boxWidth(text), height: 20 }),
    shape('text', { x: x + 12, y: y + 18 }, text),
  );
}

function drawBundle(bundle: Bundle, from: Rect, to: Rect, numbered: boolean): SVGGElement {
  const { imports, violations, cyclic } = bundle;
  const { path: d, x, y } = curve(from, to);
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
  if (numbered) made.append(shape('text', { class: 'number', x, y: y + 3 }, String(imports.length)));
  return made;
}

function bundleTitle({ from, to, imports, violations, cyclic }: Bundle): string {
  const wrong = violations > 0 ? `, ${violations} against a decision` : '';
  return `${visible(from.path)} → ${visible(to.path)}: ${count(imports.length, 'import')}${wrong}${cyclic ? ', in a circle' : ''}`;
}
