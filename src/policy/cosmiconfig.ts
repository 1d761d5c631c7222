/** A static import, in a file that is loaded when asked for: see ajv.ts. */
export { defaultLoadersSync } from 'cosmiconfig';
