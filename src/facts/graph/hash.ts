const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** 32 bits over UTF-16 units (FNV-1a with a finish): to find suspects by, never to prove that two texts are equal. */
export function hashText(text: string): number {
  let hash = BASIS;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  return finish(hash);
}

/** As `hashText`, over bytes: the two agree on ASCII only. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = BASIS;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), PRIME);
  return finish(hash);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
