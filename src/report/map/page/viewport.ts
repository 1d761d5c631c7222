import type { Rect } from '../curve.js';

const SMALLEST = 0.05;
const LARGEST = 4;
const STEP = 60;
/** Pixels that a press may wander and still be a click. */
const CLICK = 4;

/** What part of the drawing is seen: moved by dragging, the wheel and the keys. */
export class Viewport {
  private x = 0;
  private y = 0;
  private scale = 1;
  private dragged = false;

  constructor(
    private readonly picture: SVGSVGElement,
    private readonly world: SVGGElement,
  ) {
    this.followPointer();
    picture.addEventListener(
      'wheel',
      event => {
        event.preventDefault();
        const { left, top } = picture.getBoundingClientRect();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
        this.zoom(Math.exp(-event.deltaY * lines * 0.0016), event.clientX - left, event.clientY - top);
      },
      { passive: false },
    );
    picture.addEventListener('keydown', event => this.onKey(event));
  }

  zoom(factor: number, x = this.picture.clientWidth / 2, y = this.picture.clientHeight / 2): void {
    const scale = Math.min(LARGEST, Math.max(SMALLEST, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.apply();
  }

  /** All of it, in the middle; never larger than life. */
  fit(whole: Rect): void {
    const { clientWidth, clientHeight } = this.picture;
    const scale = Math.min(1, (clientWidth - 24) / whole.width, (clientHeight - 24) / whole.height);
    this.scale = Math.max(SMALLEST, scale);
    this.centre(whole);
  }

  centre({ x, y, width, height }: Rect): void {
    this.x = this.picture.clientWidth / 2 - (x + width / 2) * this.scale;
    this.y = this.picture.clientHeight / 2 - (y + height / 2) * this.scale;
    this.apply();
  }

  /** In the middle, and large enough to be read. */
  show(rect: Rect): void {
    this.scale = Math.max(this.scale, 0.8);
    this.centre(rect);
  }

  /** Does nothing where all of it is seen; else moves it to the middle, smaller if it must be. */
  reveal(rect: Rect): void {
    const { clientWidth, clientHeight } = this.picture;
    const left = this.x + rect.x * this.scale;
    const top = this.y + rect.y * this.scale;
    const isSeen =
      left >= 0 &&
      top >= 0 &&
      left + rect.width * this.scale <= clientWidth &&
      top + rect.height * this.scale <= clientHeight;
    if (isSeen) return;
    const scale = Math.min(this.scale, (clientWidth - 24) / rect.width, (clientHeight - 24) / rect.height);
    this.scale = Math.max(SMALLEST, scale);
    this.centre(rect);
  }

  /** Moves so that what was at one place of the drawing is seen where it was. */
  keep(before: Rect, after: Rect): void {
    this.x += (before.x - after.x) * this.scale;
    this.y += (before.y - after.y) * this.scale;
    this.apply();
  }

  private apply(): void {
    this.world.setAttribute('transform', `translate(${this.x} ${this.y}) scale(${this.scale})`);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [STEP, 0],
      ArrowRight: [-STEP, 0],
      ArrowUp: [0, STEP],
      ArrowDown: [0, -STEP],
    };
    const move = moves[event.key];
    if (move !== undefined) {
      this.x += move[0];
      this.y += move[1];
      this.apply();
    } else if (event.key === '+' || event.key === '=') this.zoom(1.25);
    else if (event.key === '-') this.zoom(0.8);
    else return;
    event.preventDefault();
  }

  private followPointer(): void {
    const { picture } = this;
    let last: { readonly x: number; readonly y: number } | null = null;
    let wandered = 0;
    picture.addEventListener('pointerdown', event => {
      if (event.button !== 0) return;
      last = { x: event.clientX, y: event.clientY };
      wandered = 0;
      this.dragged = false;
    });
    picture.addEventListener('pointermove', event => {
      if (last === null) return;
      const dx = event.clientX - last.x;
      const dy = event.clientY - last.y;
      wandered += Math.abs(dx) + Math.abs(dy);
      if (wandered > CLICK && !this.dragged) {
        this.dragged = true;
        picture.setPointerCapture(event.pointerId);
        picture.classList.add('moving');
      }
      last = { x: event.clientX, y: event.clientY };
      if (!this.dragged) return;
      this.x += dx;
      this.y += dy;
      this.apply();
    });
    const end = (): void => {
      last = null;
      picture.classList.remove('moving');
    };
    picture.addEventListener('pointerup', end);
    picture.addEventListener('pointercancel', end);
    // What ends a drag is no click on whatever lies below.
    picture.addEventListener(
      'click',
      event => {
        if (this.dragged) event.stopPropagation();
        this.dragged = false;
      },
      true,
    );
  }
}
