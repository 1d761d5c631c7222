/**
 * A static import, in a file that is loaded when asked for: bundlers and Node disagree on what importing
 * CommonJS dynamically gives.
 */
export { LineCounter, parseDocument } from 'yaml';
