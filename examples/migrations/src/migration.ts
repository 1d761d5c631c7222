export interface Migration {
  /** `0003_inspections` */
  readonly id: string;
  readonly sql: string;
}

const NAME = /^(\d{4}_[a-z0-9_]+)\.sql$/;

/** @returns the id that a file name gives, or `null` for a file that is no migration. */
export function migrationId(fileName: string): string | null {
  return NAME.exec(fileName)?.[1] ?? null;
}

/**
 * What is still to be applied, in order.
 * @throws Error when something applied is gone, or was to be applied before it.
 */
export function pending(all: readonly Migration[], applied: readonly string[]): readonly Migration[] {
  const ordered = [...all].sort((a, b) => a.id.localeCompare(b.id));
  applied.forEach((id, place) => {
    if (ordered[place]?.id !== id) throw new Error(`applied ${id} is not migration number ${place + 1} any more`);
  });
  return ordered.slice(applied.length);
}
