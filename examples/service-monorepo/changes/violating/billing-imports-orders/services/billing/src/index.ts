import type { Bus } from '@parcel/contracts';
import { loggerFor } from '@parcel/logger';
import type { Order } from '@parcel/orders';
import { total } from '../../orders/src/order.js';
import { invoiceFor } from './invoice.js';

const log = loggerFor('billing');

export function bill(order: Order): number {
  return invoiceFor(order.id, total(order)).net;
}

export function start(bus: Bus): void {
  bus.on('order-placed', event => {
    const invoice = invoiceFor(event.order, event.cents);
    log.note('issued', { invoice: invoice.number });
    bus.publish({ type: 'invoice-issued', invoice: invoice.number, order: event.order, customer: event.customer });
  });
}
