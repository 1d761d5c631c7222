import { type Oid, oid } from '../../model/brand.js';
import { type Commit, GitError, type Person } from '../repository.js';

/**
 * A commit object (git-hash-object(1), gitformat):
 *
 *     tree <oid> LF
 *     (parent <oid> LF)*
 *     author <name> SP <<email>> SP <seconds> SP <zone> LF
 *     committer … LF
 *     (<header> SP <value> LF (SP <continued> LF)*)*      encoding, gpgsig, mergetag, …
 *     LF
 *     <message>
 */
export function parseCommit(id: Oid, content: Buffer): Commit {
  const end = content.indexOf('\n\n');
  const head = (end === -1 ? content : content.subarray(0, end)).toString('latin1');
  const fields = new Map<string, string[]>();
  for (const line of head.split('\n')) {
    // A continued value (a signature) is of no interest here.
    if (line.startsWith(' ')) continue;
    const space = line.indexOf(' ');
    const name = space === -1 ? line : line.slice(0, space);
    const values = fields.get(name) ?? [];
    values.push(line.slice(space + 1));
    fields.set(name, values);
  }
  const tree = fields.get('tree')?.[0];
  if (tree === undefined) throw new GitError('failed', `commit ${id} has no tree: it is damaged`, 'git fsck');
  const decode = decoder(fields.get('encoding')?.[0]);
  return {
    oid: id,
    tree: oid(tree),
    parents: (fields.get('parent') ?? []).map(oid),
    author: parsePerson(fields.get('author')?.[0], decode),
    committer: parsePerson(fields.get('committer')?.[0], decode),
    message: end === -1 ? '' : decode(content.subarray(end + 2)),
  };
}

type Decode = (bytes: Uint8Array) => string;

/** Git's default is UTF-8; a name that this machine does not know is read as UTF-8 too, it is only shown. */
function decoder(encoding: string | undefined): Decode {
  let label = 'utf-8';
  try {
    label = new TextDecoder(encoding ?? label).encoding;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const text = new TextDecoder(label, { ignoreBOM: true });
  return bytes => text.decode(bytes);
}

const PERSON = /^(.*?) ?<([^>]*)> ?(-?\d+)?/s;

function parsePerson(field: string | undefined, decode: Decode): Person {
  const match = PERSON.exec(field ?? '');
  const text = (latin1: string | undefined): string => decode(Buffer.from(latin1 ?? '', 'latin1'));
  return { name: text(match?.[1]), email: text(match?.[2]), time: Number(match?.[3] ?? 0) };
}
