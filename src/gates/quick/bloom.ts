/**
 * A set that may say yes to a stranger (about one in a hundred) and never says no to a member. The gate
 * asks it whether a path may exist in HEAD: a wrong yes costs time, a wrong no can't happen.
 */
const BITS_PER_MEMBER = 10;
const PROBES = 5;

export class Bloom {
  private constructor(readonly words: Uint32Array) {}

  /** Room for some more than are there now: paths are added commit by commit. */
  static forMembers(count: number): Bloom {
    const words = Math.max(64, Math.ceil((count * 1.5 * BITS_PER_MEMBER) / 32));
    return new Bloom(new Uint32Array(words));
  }

  static of(words: Uint32Array): Bloom {
    return new Bloom(words);
  }

  add(member: string): void {
    const bits = this.words.length * 32;
    const [first, step] = hashes(member);
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = ((first + Math.imul(probe, step)) >>> 0) % bits;
      const word = bit >>> 5;
      this.words[word] = (this.words[word] ?? 0) | (1 << (bit & 31));
    }
  }

  has(member: string): boolean {
    const bits = this.words.length * 32;
    const [first, step] = hashes(member);
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = ((first + Math.imul(probe, step)) >>> 0) % bits;
      if (((this.words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  /** Share of set bits: past a half the filter says yes too often and is made anew. */
  load(): number {
    let set = 0;
    for (let word of this.words) {
      while (word !== 0) {
        word &= word - 1;
        set++;
      }
    }
    return set / (this.words.length * 32);
  }
}

interface Hash {
  readonly a: number;
  readonly b: number;
}

const EMPTY: Hash = { a: 0x811c9dc5, b: 0x9e3779b9 };
let lastPrefix = '';
let lastHash = EMPTY;

/**
 * The places where one import could end differ in their extensions: what stands before those is hashed once. In the
 * gate this code runs before the runtime has compiled it, and each character counts.
 */
function hashes(member: string): readonly [number, number] {
  const name = member.lastIndexOf('/') + 1;
  const dot = member.indexOf('.', name);
  const prefix = member.slice(0, dot === -1 ? name : dot);
  if (prefix !== lastPrefix) {
    lastHash = hashOn(EMPTY, prefix);
    lastPrefix = prefix;
  }
  const { a, b } = hashOn(lastHash, member.slice(prefix.length));
  return [a, b | 1];
}

function hashOn(from: Hash, text: string): Hash {
  let { a, b } = from;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul((b ^ code) + 0x7f4a7c15, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return { a, b };
}
