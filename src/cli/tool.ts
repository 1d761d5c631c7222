import { readFileSync } from 'node:fs';

/** Put in by scripts/build.mjs; undefined when the sources run under tsx. */
declare const __LINTEL_VERSION__: string;
declare const __LINTEL_DIGEST__: string;

export interface Tool {
  readonly name: 'lintel';
  readonly version: string;
  /** Over everything that was built: part of every receipt, so that another build does not vouch for this one. */
  readonly digest: string;
}

function sourceVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new Error('package.json has no version');
}

let known: Tool | null = null;

export function tool(): Tool {
  known ??= {
    name: 'lintel',
    version: typeof __LINTEL_VERSION__ === 'string' ? __LINTEL_VERSION__ : sourceVersion(),
    digest: typeof __LINTEL_DIGEST__ === 'string' ? __LINTEL_DIGEST__ : 'source',
  };
  return known;
}
