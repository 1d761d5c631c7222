import type { PictureEdge } from './picture.js';
import type { Violation } from './violations.js';

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

export function against(violations: readonly Violation[]): number {
  return violations.filter(({ waived }) => !waived).length;
}

/** What an edge is called in every format: how many imports, and what is wrong with them. */
export function marks(edge: PictureEdge): string {
  return [String(edge.imports.length), ...faults(edge)].join(', ');
}

export function faults({ violations, cyclic }: Pick<PictureEdge, 'violations' | 'cyclic'>): string[] {
  const wrong = against(violations);
  const waived = violations.length - wrong;
  return [
    ...(wrong === 0 ? [] : [`${wrong} against a decision`]),
    ...(waived === 0 ? [] : [`${waived} waived`]),
    ...(cyclic ? ['in a circle'] : []),
  ];
}
