import { openLoans } from '../db/loans.js';
import { toRemind } from '../domain/reminder.js';
import type { Day } from '../shared/dates.js';
import { logger } from '../shared/logger.js';

export async function remind(today: Day): Promise<number> {
  const members = toRemind(await openLoans(), today);
  for (const member of members) logger.note('remind', { member });
  return members.length;
}
