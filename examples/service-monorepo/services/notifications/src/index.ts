import type { Bus } from '@parcel/contracts';
import { loggerFor } from '@parcel/logger';
import { letter } from './letter.js';

const log = loggerFor('notifications');

export function start(bus: Bus): void {
  bus.on('order-placed', event => log.note('letter', { to: event.customer, text: letter(event) }));
  bus.on('invoice-issued', event => log.note('letter', { to: event.customer, text: letter(event) }));
}
