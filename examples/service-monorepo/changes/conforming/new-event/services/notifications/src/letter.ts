import type { Event } from '@parcel/contracts';

export function letter(event: Event): string {
  switch (event.type) {
    case 'order-placed':
      return `Thank you. Your order ${event.order} is being packed.`;
    case 'invoice-issued':
      return `Invoice ${event.invoice} for your order ${event.order}.`;
    case 'invoice-overdue':
      return `Invoice ${event.invoice} has not been paid yet.`;
  }
}
