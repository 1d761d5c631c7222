import type { Bus } from '@parcel/contracts';
import { loggerFor } from '@parcel/logger';
import { type Order, total } from './order.js';

const log = loggerFor('orders');

export function placeOrder(order: Order, bus: Bus): void {
  log.note('placed', { order: order.id });
  bus.publish({ type: 'order-placed', order: order.id, customer: order.customer, cents: total(order) });
}
