import { ManifestError } from '../format.js';
import { isObject, type JsonObject } from './json-text.js';
import { notAPlace } from './lock-place.js';

const TEXTS = ['name', 'version', 'resolved', 'integrity'] as const;
const FIELDS = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'] as const;

/**
 * Says what is wrong with `packages`.
 * @param lines of its keys, in their order
 * @throws ManifestError on what no lock file of npm has
 */
export function checkPackages(packages: JsonObject, lines: readonly number[]): void {
  Object.keys(packages).forEach((key, index) => {
    const line = lines[index] ?? 1;
    const node = packages[key];
    // Backslashes (which npm resolves), quotes, control characters.
    if (JSON.stringify(key).includes('\\')) throw notAPlace(key, line);
    if (!isObject(node)) throw wrong(`"${key}" of the lock file is not an object`, line);
    for (const field of TEXTS) {
      const value = node[field];
      if (typeof value === 'string' || value === undefined || value === null || value === false) continue;
      throw wrong(`"${field}" of "${key}" is not a text`, line);
    }
    for (const field of FIELDS)
      if (node[field] !== undefined && !isObject(node[field]))
        throw wrong(`"${field}" of "${key}" is not an object`, line);
  });
}

function wrong(message: string, line: number): ManifestError {
  return new ManifestError(message, line, 'Write the lock file anew with `npm install`.');
}
