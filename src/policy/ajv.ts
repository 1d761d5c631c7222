/** A static import, in a file that is loaded when asked for: bundlers and Node disagree on what importing CommonJS dynamically gives. */
export { Ajv2020 } from 'ajv/dist/2020.js';
