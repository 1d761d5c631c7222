import type { Rect } from '../curve.js';
import { arrangeBoxes, type Link } from '../layers.js';
import { BOX_HEIGHT, boxWidth } from '../sizes.js';
import type { Bundle, Shown } from './folds.js';

import type { Place } from './tree.js';

const PADDING = 14;
const TITLE = 26;
const LONGEST_LABEL = 42;

/** What stands on a box: the middle of a long name is left out. */
export function labelOf(place: Place, shownLabel: string): string {
  const size = place.children.length > 0 && !place.isRest ? ` (${place.files})` : '';
  const characters = [...shownLabel];
  const half = Math.floor(LONGEST_LABEL / 2);
  const label =
    characters.length <= LONGEST_LABEL
      ? shownLabel
      : `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
  return label + size;
}

/**
 * A box for every closed place, a frame around what an open one holds. Each frame is laid out by itself, so opening
 * one leaves what is in the others as it was.
 */
export function arrange(
  root: Place,
  { bundles, children }: Shown,
  isOpen: (place: Place) => boolean,
  label: (place: Place) => string,
): ReadonlyMap<Place, Rect> {
  const links = linksInFrames(bundles);
  const rects = new Map<Place, Rect>();
  const sizeOf = (place: Place): { readonly width: number; readonly height: number } => {
    if (!isOpen(place)) return { width: boxWidth(label(place)), height: BOX_HEIGHT };
    const inner = children(place);
    const sizes = inner.map(child => ({ key: child.at, ...sizeOf(child) }));
    const { width, height, corners } = arrangeBoxes(sizes, links.get(place) ?? []);
    inner.forEach((child, at) => {
      const { x = 0, y = 0 } = corners[at] ?? {};
      const { width: wide = 0, height: high = 0 } = sizes[at] ?? {};
      rects.set(child, { x: x + PADDING, y: y + TITLE + PADDING, width: wide, height: high });
    });
    return {
      width: Math.max(width, boxWidth(label(place))) + 2 * PADDING,
      height: height + TITLE + 2 * PADDING,
    };
  };
  rects.set(root, { x: 0, y: 0, ...sizeOf(root) });
  // A frame before what it holds: the order in which they are drawn.
  const settled = new Map<Place, Rect>();
  const settle = (place: Place, x: number, y: number): void => {
    const rect = rects.get(place);
    if (rect === undefined) return;
    const moved = { ...rect, x: rect.x + x, y: rect.y + y };
    settled.set(place, moved);
    if (isOpen(place)) for (const child of children(place)) settle(child, moved.x, moved.y);
  };
  settle(root, 0, 0);
  return settled;
}

/** For each frame the bundles between what lies directly in it. */
function linksInFrames(bundles: readonly Bundle[]): ReadonlyMap<Place, readonly Link[]> {
  const frames = new Map<Place, Link[]>();
  for (const { from, to, imports } of bundles) {
    const up = ancestors(from);
    const down = ancestors(to);
    let same = 0;
    while (up[same] !== undefined && up[same] === down[same]) same++;
    const frame = up[same - 1];
    const a = up[same];
    const b = down[same];
    if (frame === undefined || a === undefined || b === undefined) continue;
    const link = { from: a.at, to: b.at, weight: imports.length };
    const known = frames.get(frame);
    if (known === undefined) frames.set(frame, [link]);
    else known.push(link);
  }
  return frames;
}

/** From the root down to the place. */
function ancestors(place: Place): readonly Place[] {
  const all: Place[] = [];
  for (let at: Place | null = place; at !== null; at = at.parent) all.push(at);
  return all.reverse();
}
