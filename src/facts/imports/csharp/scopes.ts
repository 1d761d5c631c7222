import { LexicalError } from '../tokens/lexical-error.js';
import { KIND, type Tokens } from '../tokens/tokens.js';

const DEEPEST = 100;

/** The braces that are open, and which of them are a namespace's. Immutable, so that `#else` can go back. */
interface Scope {
  /** The namespace's full name; `null`: a type's or a method's braces. */
  readonly namespace: string | null;
  /** The namespace that its content lies in. */
  readonly inside: string;
  readonly depth: number;
  readonly outer: Scope | null;
}

interface State {
  readonly scope: Scope | null;
  /** Of `namespace A.B;`. */
  readonly file: string;
}

/** Which namespace the tokens being read lie in. */
export class Scopes {
  private state: State = { scope: null, file: '' };
  private readonly saved: State[] = [];

  /** May a `using` directive stand here? */
  get isNamespaceLevel(): boolean {
    return this.state.scope === null || this.state.scope.namespace !== null;
  }

  /** Its full name; `''`: the global one. */
  get namespace(): string {
    return this.state.scope?.inside ?? this.state.file;
  }

  setFile(name: string): void {
    this.state = { ...this.state, file: this.within(name) };
  }

  /** @param at its offset in the file */
  openNamespace(name: string, at: number): void {
    this.push(this.within(name), at);
  }

  open(): void {
    this.push(null, 0);
  }

  close(): void {
    this.state = { ...this.state, scope: this.state.scope?.outer ?? null };
  }

  /** Each branch of an `#if` begins where the first did; behind it counts what the last one left. */
  directive(tokens: Tokens, index: number): void {
    if (tokens.kind(index) !== KIND.directive) return;
    const word = tokens.raw(index).slice(1).trimStart();
    if (word.startsWith('if')) this.saved.push(this.state);
    else if (word.startsWith('endif')) this.saved.pop();
    else this.state = this.saved.at(-1) ?? this.state;
  }

  private within(name: string): string {
    const outer = this.namespace;
    return outer === '' ? name : `${outer}.${name}`;
  }

  private push(namespace: string | null, at: number): void {
    const { scope: outer } = this.state;
    const depth = (outer?.depth ?? 0) + (namespace === null ? 0 : 1);
    // Their full names grow with each: a file of nothing else would fill the memory.
    if (depth > DEEPEST) throw new LexicalError('namespaces are nested too deeply', at);
    const scope = { namespace, inside: namespace ?? this.namespace, depth, outer };
    this.state = { ...this.state, scope };
  }
}
