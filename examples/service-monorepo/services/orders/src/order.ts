export interface OrderLine {
  readonly article: string;
  readonly quantity: number;
  readonly cents: number;
}

export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly lines: readonly OrderLine[];
}

export function total(order: Order): number {
  return order.lines.reduce((sum, line) => sum + line.quantity * line.cents, 0);
}
