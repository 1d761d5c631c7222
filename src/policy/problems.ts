import type { Position, Problem } from '../model/decision.js';

/** Collects everything that is wrong, so that it is reported together. */
export class Problems {
  private readonly found: Problem[] = [];

  error(at: Position, message: string, hint?: string | null): void {
    this.found.push(problem('error', at, message, hint));
  }

  warning(at: Position, message: string, hint?: string | null): void {
    this.found.push(problem('warning', at, message, hint));
  }

  add(problems: readonly Problem[]): void {
    this.found.push(...problems);
  }

  get all(): readonly Problem[] {
    return sorted(this.found);
  }

  get errors(): readonly Problem[] {
    return sorted(this.found.filter(({ severity }) => severity === 'error'));
  }

  get warnings(): readonly Problem[] {
    return sorted(this.found.filter(({ severity }) => severity === 'warning'));
  }
}

export function problem(
  severity: Problem['severity'],
  at: Position,
  message: string,
  hint?: string | null,
): Problem {
  const { path, line, column } = at;
  return { severity, message, path, line, column, ...(hint === null || hint === undefined ? {} : { hint }) };
}

/** By file, then by place; one that is said twice is said once. */
export function sorted(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return [...problems]
    .sort(
      (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.line - b.line || a.column - b.column,
    )
    .filter(({ path, line, column, message }) => {
      const key = `${path}\0${line}\0${column}\0${message}`;
      return !seen.has(key) && seen.add(key) !== null;
    });
}
