const VAT = 0.19;

export interface Invoice {
  readonly number: string;
  readonly order: string;
  readonly net: number;
  readonly vat: number;
}

/** Prices hold VAT; the invoice shows it apart. Cents. */
export function invoiceFor(order: string, cents: number): Invoice {
  const net = Math.round(cents / (1 + VAT));
  return { number: `INV-${order}`, order, net, vat: cents - net };
}
