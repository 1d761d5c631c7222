import { createHash } from 'node:crypto';
import { type Oid, oid } from '../../model/brand.js';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';
export type ObjectFormat = 'sha1' | 'sha256';

export function hashObject(format: ObjectFormat, type: ObjectType, content: Uint8Array): Oid {
  return oid(createHash(format).update(`${type} ${content.length}\0`).update(content).digest('hex'));
}

export function emptyBlobOf(format: ObjectFormat): Oid {
  return hashObject(format, 'blob', new Uint8Array());
}

/** Git knows this object without storing it. */
export function emptyTreeOf(format: ObjectFormat): Oid {
  return hashObject(format, 'tree', new Uint8Array());
}
