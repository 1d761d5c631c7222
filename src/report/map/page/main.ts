/** The page of `lintel graph --format html`: bundled by scripts/build.mjs, runs in a browser and asks no network. */
import type { PageData } from './data.js';
import { button, count, element, shape } from './dom.js';
import { type Drawing, draw } from './draw.js';
import { type Bundle, Folds } from './folds.js';
import { Panel } from './panel.js';
import { searchBox } from './search.js';
import { isWithin, type Place } from './tree.js';
import { Viewport } from './viewport.js';

function main(): void {
  // It was written by html.ts of the same build.
  const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as PageData;
  const folds = new Folds(data);
  const { root } = folds.tree;
  const world = shape('g');
  const picture = shape(
    'svg',
    {
      id: 'picture',
      tabindex: 0,
      role: 'group',
      'aria-label': 'What imports what. Arrow keys move it, + and - zoom.',
    },
    shape('defs', {}, ...['plain', 'cyclic', 'wrong', 'chosen'].map(marker)),
    world,
  );
  const aside = element('aside', { 'aria-live': 'polite', 'aria-label': 'Details' });
  const status = element('span', { id: 'status', role: 'status' });
  let focus: Place | null = null;
  let chosen: Place | Bundle | null = null;
  let shown = folds.shown(null);
  let drawing: Drawing;
  const panel = new Panel(aside, data, folds.tree, { choose, chooseBundle, toggle, focus: focusOn });
  const back = button('Back to all', () => focusOn(null), { id: 'back' });
  document.body.append(
    element(
      'header',
      {},
      searchBox(folds, choose),
      button('+', () => viewport.zoom(1.25), { 'aria-label': 'Zoom in', id: 'zoom-in' }),
      button('−', () => viewport.zoom(0.8), { 'aria-label': 'Zoom out', id: 'zoom-out' }),
      button('Fit', fit, { id: 'fit' }),
      button('Fold all', foldAll, { id: 'fold-all' }),
      back,
      legend(),
      status,
    ),
    picture,
    aside,
  );
  const viewport = new Viewport(picture, world);
  picture.addEventListener('click', event => {
    if (event.target !== picture) return;
    chosen = null;
    mark();
    panel.overview();
  });

  function redraw(keep: Place | null = null): void {
    const before = keep === null ? undefined : drawing.rects.get(keep);
    shown = folds.shown(focus);
    drawing = draw(world, root, shown, place => folds.isOpen(place), {
      place: choosePlace,
      bundle: chooseBundle,
      frame: describe,
    });
    const after = keep === null ? undefined : drawing.rects.get(keep);
    if (before !== undefined && after !== undefined) viewport.keep(before, after);
    back.hidden = focus === null;
    status.textContent = counts();
    mark();
  }

  function counts(): string {
    const drawn = `${count(data.files, 'file')}, ${count(data.imports.length, 'import')}; drawn: ${count(drawing.places.size, 'box')}, ${count(drawing.bundles.size, 'arrow')}`;
    const plural = drawn.replace(/boxs/, 'boxes');
    return shown.leftOut === 0 ? plural : `${plural}; ${count(shown.leftOut, 'lighter arrow')} not drawn`;
  }

  function fit(): void {
    const whole = drawing.rects.get(root);
    if (whole !== undefined) viewport.fit(whole);
  }

  function foldAll(): void {
    folds.foldAll();
    chosen = null;
    redraw();
    fit();
    panel.overview();
  }

  function toggle(place: Place): void {
    folds.toggle(place);
    redraw(place);
    const rect = drawing.rects.get(place);
    if (rect !== undefined) viewport.reveal(rect);
    describe(place);
    drawing.places.get(place)?.handle.focus({ preventScroll: true });
  }

  /** A click: a folder opens or closes, and the panel tells of it. */
  function choosePlace(place: Place): void {
    chosen = place;
    if (place.children.length > 0 && !place.isRest) toggle(place);
    else describe(place);
  }

  /** From a list: it is opened up to there and shown. */
  function choose(place: Place): void {
    if (focus !== null && !shown.bundles.some(({ from, to }) => from === place || to === place)) focus = null;
    folds.reveal(place);
    chosen = place;
    redraw();
    const rect = drawing.rects.get(place);
    if (rect !== undefined) viewport.show(rect);
    describe(place);
  }

  function chooseBundle(bundle: Bundle): void {
    chosen = bundle;
    mark();
    panel.bundle(bundle);
  }

  function focusOn(place: Place | null): void {
    focus = place;
    redraw();
    fit();
    if (place === null) panel.overview();
    else describe(place);
  }

  function describe(place: Place): void {
    chosen = place;
    mark();
    panel.place(place, { bundles: shown.bundles, focus, isOpen: one => folds.isOpen(one) });
  }

  /** What is chosen stands out; what has nothing to do with it steps back. */
  function mark(): void {
    const place = chosen !== null && 'path' in chosen ? chosen : null;
    world.classList.toggle('choosing', chosen !== null);
    for (const [bundle, made] of drawing.bundles)
      made.classList.toggle('chosen', chosen === bundle || (place !== null && touches(bundle, place)));
    for (const [one, { whole }] of drawing.places) whole.classList.toggle('chosen', one === chosen);
  }

  redraw();
  fit();
  panel.overview();
}

function touches({ from, to }: Bundle, place: Place): boolean {
  return isWithin(from, place) || isWithin(to, place);
}

function marker(name: string): SVGMarkerElement {
  return shape(
    'marker',
    {
      id: `end-${name}`,
      class: name,
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerWidth: 9,
      markerHeight: 9,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    shape('path', { d: 'M0 0L8 4L0 8z' }),
  );
}

function legend(): HTMLElement {
  return element(
    'span',
    { class: 'legend' },
    element('span', {}, '→ imports'),
    ' · ',
    element('span', { class: 'circle-text' }, '⇢ in a circle'),
    ' · ',
    element('span', { class: 'wrong-text' }, '→ against a decision'),
  );
}

main();
