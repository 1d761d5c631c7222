export { Bus, type Handler } from './bus.js';
export type { Event, InvoiceIssued, InvoiceOverdue, OrderPlaced } from './events.js';
