import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksum } from '../model/checksum.js';
import { seal, unseal } from './sealed-file.js';
import type { Receipt, ReceiptKey } from './store.js';

/**
 * A receipt is evidence that a change was judged; never a permission: the push judges again.
 * Named by a checksum of the change it is for, and it holds that change in full, so that a collision
 * of names is seen. Shared with the commit gate, so nothing heavy is imported here.
 */
const KEPT_MS = 7 * 24 * 3600 * 1000;
const FOLDER = 'receipts';

function receiptName(key: ReceiptKey): string {
  return checksum(keyText(key));
}

function keyText(key: ReceiptKey): string {
  return `${key.bases.join(' ')}\n${key.rawDiff}`;
}

/** @throws what the file system says. */
export function writeReceipt(directory: string, receipt: Receipt): void {
  const name = receiptName(receipt);
  const path = join(directory, FOLDER, name);
  const content = seal(JSON.stringify(receipt), name);
  // A new file costs a third of replacing one; the same change judged again says nothing new.
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      if (unseal(readFileSync(path), name) === null) writeFileSync(path, content);
      return;
    }
    if (code !== 'ENOENT') throw error;
    mkdirSync(join(directory, FOLDER), { recursive: true });
    writeFileSync(path, content);
  }
}

function findReceipt(directory: string, key: ReceiptKey): Receipt | null {
  const name = receiptName(key);
  const path = join(directory, FOLDER, name);
  if (!existsSync(path)) return null;
  const body = unseal(readFileSync(path), name);
  if (body === null) return null;
  const receipt = JSON.parse(body) as Receipt;
  return keyText(receipt) === keyText(key) ? receipt : null;
}

export function hasReceipt(directory: string, key: ReceiptKey): boolean {
  return findReceipt(directory, key) !== null;
}

/** Drops receipts older than a week; called after a commit, off the gate's path. */
export function trimReceipts(directory: string, now: number): void {
  const folder = join(directory, FOLDER);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const age = now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now);
    if (age > KEPT_MS) rmSync(path, { force: true });
  }
}
