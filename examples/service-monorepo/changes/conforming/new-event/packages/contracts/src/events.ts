export interface OrderPlaced {
  readonly type: 'order-placed';
  readonly order: string;
  readonly customer: string;
  readonly cents: number;
}

export interface InvoiceIssued {
  readonly type: 'invoice-issued';
  readonly invoice: string;
  readonly order: string;
  readonly customer: string;
}

export interface InvoiceOverdue {
  readonly type: 'invoice-overdue';
  readonly invoice: string;
  readonly order: string;
  readonly customer: string;
}

export type Event = OrderPlaced | InvoiceIssued | InvoiceOverdue;
