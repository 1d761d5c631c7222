import type { RepoPath } from '../model/brand.js';
import { parseYaml } from './document.js';
import { frontMatterOf, statusOf } from './markdown.js';
import { isMarkdown } from './places.js';

export type Accepted = { readonly text: string } | { readonly error: string };

/**
 * Puts a decision's text to `accepted`: the value of `status` in the front matter or YAML, else the word of
 * the `Status` section or line. Nothing else changes, not a byte. Front matter without a status gains one.
 */
export function acceptDecision(text: string, path: string): Accepted {
  const matter = isMarkdown(path) ? frontMatterOf(text) : { yaml: text, bodyStart: text.length };
  if (matter === 'unclosed') return { error: `${path}: the front matter is never closed` };
  if (matter !== null) {
    const yaml = acceptYaml(matter.yaml, path);
    if (yaml.type === 'error') return { error: yaml.message };
    if (yaml.type === 'text') return { text: yaml.text + text.slice(matter.yaml.length) };
  }
  const status = isMarkdown(path) ? statusOf(text, matter?.bodyStart ?? 0) : null;
  if (status !== null) {
    if (status.text.toLowerCase() === 'accepted') return { text };
    const word = /^[A-Z]/.test(status.text) ? 'Accepted' : 'accepted';
    return { text: text.slice(0, status.start) + word + text.slice(status.end) };
  }
  if (matter === null)
    return {
      error: `${path} has neither front matter nor a status: begin it with "---", "status: accepted", "---"`,
    };
  const newline = matter.yaml.includes('\r\n') ? '\r\n' : '\n';
  const gap = matter.yaml === '' || matter.yaml.endsWith('\n') ? '' : newline;
  return { text: `${matter.yaml}${gap}status: accepted${newline}${text.slice(matter.yaml.length)}` };
}

type Edit =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'absent' }
  | { readonly type: 'error'; readonly message: string };

function acceptYaml(yaml: string, path: string): Edit {
  const parsed = parseYaml(path as RepoPath, yaml);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    return { type: 'error', message: `${path}:${first?.line ?? 1}: ${first?.message ?? 'malformed YAML'}` };
  }
  const { document } = parsed;
  const { value } = document;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'status'))
    return { type: 'absent' };
  const range = document.rangeOf(['status']);
  if (range === null) return { type: 'error', message: `${path}: "status" is not a plain value` };
  const [start, end] = range;
  const written = yaml.slice(start, end);
  if (written.trim().toLowerCase() === 'accepted') return { type: 'text', text: yaml };
  // `status:` with nothing behind it: the value begins right after the colon.
  const gap = written === '' && yaml.charAt(start - 1) === ':' ? ' ' : '';
  return { type: 'text', text: `${yaml.slice(0, start)}${gap}accepted${yaml.slice(end)}` };
}
