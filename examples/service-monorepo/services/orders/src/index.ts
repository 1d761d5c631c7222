export type { Order, OrderLine } from './order.js';
export { placeOrder } from './place-order.js';
