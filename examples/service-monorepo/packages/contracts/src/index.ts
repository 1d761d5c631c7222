export { Bus, type Handler } from './bus.js';
export type { Event, InvoiceIssued, OrderPlaced } from './events.js';
