import { lstatSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Every file below a folder, but for what `lintel install` keeps there. */
export function cacheFiles(cache: string): readonly string[] {
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(cache, name))
    .filter(file => lstatSync(file).isFile())
    .sort();
}

export const DAMAGES: Readonly<Record<string, (file: string) => void>> = {
  emptied: file => writeFileSync(file, ''),
  'cut in half': file => truncateSync(file, Math.floor(lstatSync(file).size / 2)),
  'cut by one byte': file => truncateSync(file, Math.max(0, lstatSync(file).size - 1)),
  'with flipped bits': file => {
    const bytes = readFileSync(file);
    for (let at = 7; at < bytes.length; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    writeFileSync(file, bytes);
  },
  garbage: file => writeFileSync(file, Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7919) % 251))),
  'zeros of the same length': file => writeFileSync(file, Buffer.alloc(lstatSync(file).size)),
  'another file': file => {
    const other = cacheFiles(path.dirname(file)).find(name => name !== file) ?? file;
    writeFileSync(file, readFileSync(other));
  },
  'valid JSON of nothing': file => writeFileSync(file, '{}'),
  gone: file => rmSync(file),
  'of another version': file => {
    const text = readFileSync(file, 'latin1');
    writeFileSync(file, text.replace('lintel1 ', 'lintel9 ').replace('quick/1', 'quick/9'), 'latin1');
  },
};
