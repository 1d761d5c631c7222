import type { InvoiceIssued, OrderPlaced } from '@parcel/contracts';

export function letter(event: InvoiceIssued | OrderPlaced): string {
  switch (event.type) {
    case 'order-placed':
      return `Thank you. Your order ${event.order} is being packed.`;
    case 'invoice-issued':
      return `Invoice ${event.invoice} for your order ${event.order}.`;
  }
}
