export interface Inspection {
  readonly hive: number;
  readonly inspected: string;
  readonly mites: number;
  readonly note: string;
}

/** The level at which the vet asks for treatment; the table is altered by no one here (see ADR-0003). */
const MITES_A_HUNDRED_BEES = 3;

export function needsTreatment(last: readonly Inspection[]): boolean {
  return last.some(inspection => inspection.mites >= MITES_A_HUNDRED_BEES);
}
