import type { Bus } from '@parcel/contracts';

export function start(bus: Bus): void {
  bus.on('order-placed', () => undefined);
}
