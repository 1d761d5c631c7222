/**
 * A checksum that tells a damaged line of a cache from a whole one, and names receipts. Not a digest: it
 * keeps out accidents (truncation, interleaved writes), not attackers. FNV-1a, without `node:crypto`, which costs the commit
 * gate 3 ms to load.
 */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** Two lanes of 32 bits over UTF-16 units, as 16 hexadecimal digits. For short texts. */
export function checksum(text: string): string {
  let a = BASIS;
  let b = 0x050c5d1f;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, PRIME);
    b = Math.imul(b ^ ((code << 7) | (code >>> 9)), PRIME);
    b ^= a >>> 15;
  }
  return hex(a) + hex(b);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
