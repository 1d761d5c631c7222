/** Its upper left corner, and its size. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A path, and its middle: the place for a number. */
export interface Curve {
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

type Point = readonly [x: number, y: number];

/** A curve from one box to another, along the way where there is more room between them. */
export function curve(from: Rect, to: Rect): Curve {
  if (from === to) {
    const x = from.x + from.width;
    const y = from.y + from.height / 2;
    return through([x, y - 6], [x + 30, y - 22], [x + 30, y + 22], [x, y + 6]);
  }
  const across = gap(from.x, from.width, to.x, to.width);
  const down = gap(from.y, from.height, to.y, to.height);
  if (across <= 0 && down <= 0) return between(from, to, false);
  return down > across ? between(turned(from), turned(to), true) : between(from, to, false);
}

/** Space between two stretches; negative where they overlap. */
function gap(a: number, aSize: number, b: number, bSize: number): number {
  return Math.max(b - (a + aSize), a - (b + bSize));
}

function turned({ x, y, width, height }: Rect): Rect {
  return { x: y, y: x, width: height, height: width };
}

/** Out of the right side and into the left one, or back the other way round; around, where they lie over each other. */
function between(from: Rect, to: Rect, turn: boolean): Curve {
  const startY = from.y + from.height / 2;
  const endY = to.y + to.height / 2;
  const isRightward = to.x >= from.x + from.width;
  const isLeftward = !isRightward && to.x + to.width <= from.x;
  const startX = isLeftward ? from.x : from.x + from.width;
  const endX = isRightward ? to.x : to.x + to.width;
  const reach = isRightward || isLeftward ? Math.max(18, Math.abs(endX - startX) * 0.45) : 46;
  const out = isLeftward ? -reach : reach;
  const back = isRightward ? -reach : reach;
  // A long straight line would run through the boxes between: it makes a bow around them.
  const length = Math.abs(endX - startX);
  const bow = Math.abs(endY - startY) < 16 && length > 120 ? Math.min(90, length * 0.14) : 0;
  const at = (x: number, y: number): Point => (turn ? [y, x] : [x, y]);
  return through(
    at(startX, startY),
    at(startX + out, startY + bow),
    at(endX + back, endY + bow),
    at(endX, endY),
  );
}

function through(a: Point, b: Point, c: Point, d: Point): Curve {
  const point = ([x, y]: Point): string => `${r(x)} ${r(y)}`;
  return {
    path: `M${point(a)}C${point(b)} ${point(c)} ${point(d)}`,
    x: r((a[0] + 3 * b[0] + 3 * c[0] + d[0]) / 8),
    y: r((a[1] + 3 * b[1] + 3 * c[1] + d[1]) / 8),
  };
}

function r(number: number): number {
  return Math.round(number * 10) / 10;
}
