import { visible } from '../report/escape.js';
import type { Output } from './io.js';

/** Prints lines that may name files of the repository. */
export function say(output: Output): (line: string) => void {
  return line => output.write(`${line.split('\n').map(visible).join('\n')}\n`);
}
