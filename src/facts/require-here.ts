import { createRequire } from 'node:module';

/**
 * Finds native packages, which stay outside every bundle. `require` exists in the CommonJS bundles by nature and in
 * the ESM bundles by their banner. Sources run unbundled have none: there the program's entry file lies in this project.
 * (`import.meta` is not available to a file that is also bundled as CommonJS.)
 */
export function requireHere(): NodeJS.Require {
  return typeof require === 'function' ? require : createRequire(process.argv[1] ?? process.execPath);
}
