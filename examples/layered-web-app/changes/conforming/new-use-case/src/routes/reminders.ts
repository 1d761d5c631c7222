import { remind } from '../services/reminders.js';

/** POST /reminders, called by the nightly job. */
export async function postReminders(): Promise<{ reminded: number }> {
  return { reminded: await remind(new Date().toISOString().slice(0, 10)) };
}
