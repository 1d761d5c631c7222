import type { Bus } from '@parcel/contracts';
import type { Invoice } from './invoice.js';

export function remind(invoice: Invoice, customer: string, bus: Bus): void {
  bus.publish({ type: 'invoice-overdue', invoice: invoice.number, order: invoice.order, customer });
}
