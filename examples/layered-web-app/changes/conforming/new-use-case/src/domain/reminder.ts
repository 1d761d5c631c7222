import type { Day } from '../shared/dates.js';
import { isOverdue, type Loan } from './loan.js';

/** Members with at least one loan overdue, each once. */
export function toRemind(open: readonly Loan[], today: Day): readonly number[] {
  return [...new Set(open.filter(loan => isOverdue(loan, today)).map(loan => loan.member))];
}
