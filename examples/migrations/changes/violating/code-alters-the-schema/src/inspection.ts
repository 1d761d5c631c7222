import type { Database } from './database.js';

export interface Inspection {
  readonly hive: number;
  readonly inspected: string;
  readonly mites: number;
  readonly note: string;
}

/** Three mites a hundred bees is the level at which the vet asks for treatment. */
export function needsTreatment(last: readonly Inspection[]): boolean {
  return last.some(inspection => inspection.mites >= 3);
}

export async function prepare(database: Database): Promise<void> {
  await database.apply('weights', 'alter table inspections add column weight numeric');
}
