/** A static import, in a file that is loaded when asked for: see policy/ajv.ts. */
export { closest, distance } from 'fastest-levenshtein';
