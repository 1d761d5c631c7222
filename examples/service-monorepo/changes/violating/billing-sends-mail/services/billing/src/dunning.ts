import { createTransport } from 'nodemailer';
import pino from 'pino';

const log = pino();

export async function remind(address: string, invoice: string): Promise<void> {
  await createTransport({ host: 'localhost' }).sendMail({ to: address, subject: `Invoice ${invoice} is due` });
  log.info({ invoice }, 'reminded');
}
