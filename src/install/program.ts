import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Place } from './place.js';

/** A hook manager's program: the project's own before PATH. `null`: there is none. */
export function findProgram(place: Place, name: string): string | null {
  const folders = [
    join(place.packageFolder ?? place.root, 'node_modules', '.bin'),
    join(place.root, 'node_modules', '.bin'),
    ...(place.environment['PATH'] ?? '').split(delimiter).filter(folder => folder !== ''),
  ];
  return folders.map(folder => join(folder, name)).find(isExecutable) ?? null;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not executable: the question's other answer, no failure.
    return false;
  }
}
