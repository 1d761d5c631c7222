import type { Bus } from '@parcel/contracts';
import { loggerFor } from '@parcel/logger';
import { invoiceFor } from './invoice.js';

const log = loggerFor('billing');

export function start(bus: Bus): void {
  bus.on('order-placed', event => {
    const invoice = invoiceFor(event.order, event.cents);
    log.note('issued', { invoice: invoice.number });
    bus.publish({ type: 'invoice-issued', invoice: invoice.number, order: event.order, customer: event.customer });
  });
}
