import type { Event } from './events.js';

export type Handler<E extends Event> = (event: E) => void;

/** Delivers events in order, in one process; a broker stands behind the same interface in production. */
export class Bus {
  readonly #handlers = new Map<Event['type'], Handler<never>[]>();

  on<T extends Event['type']>(type: T, handler: Handler<Extract<Event, { type: T }>>): void {
    this.#handlers.set(type, [...(this.#handlers.get(type) ?? []), handler as Handler<never>]);
  }

  publish(event: Event): void {
    for (const handler of this.#handlers.get(event.type) ?? []) handler(event as never);
  }
}
