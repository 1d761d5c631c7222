/**
 * Prints what the compilers of Vue, Svelte and Astro take for script, and TypeScript's syntax tree for its imports:
 * one JSON line a file. Paths on standard input; the language as the only argument.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Answer } from '../external.js';
import { oracle } from '../typescript-imports.js';
import { type Part, readerOf } from './compilers.js';

const [language = ''] = process.argv.slice(2);
const read = await readerOf(language);

function place(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

function sitesOf(text: string, part: Part): (Answer['sites'][number] & { readonly at: number })[] {
  if (part.type !== 'code') {
    const { specifier, kind, at } = part;
    return [{ specifier, kind, at, ...place(text, at) }];
  }
  const found = oracle(`x.${part.extension}`, text.slice(part.start, part.end));
  if (!found.ok) throw new Error(found.message);
  return found.sites.map(({ typeOnly: _, names, ...site }) => ({
    ...(part.isExpression !== true && names !== undefined && { names }),
    ...site,
    kind: site.kind as Answer['sites'][number]['kind'],
    at: site.at + part.start,
    ...place(text, site.at + part.start),
  }));
}

for await (const path of createInterface({ input: process.stdin })) {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  let answer: Answer;
  try {
    const parts = await read(text);
    const sites = parts.flatMap(part => sitesOf(text, part)).sort((one, other) => one.at - other.at);
    answer = { path, sites: sites.map(({ at: _, ...site }) => site) };
  } catch (error) {
    answer = { path, sites: [], error: String(error).split('\n')[0] ?? '' };
  }
  console.log(JSON.stringify(answer));
}
