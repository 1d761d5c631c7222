/** One licence of an expression, with what qualifies it: `GPL-2.0-only`, `Apache-2.0+`, `GPL-2.0 WITH Classpath-exception-2.0`. */
export type LicenseTerm = string;

/** Longer ones nobody writes; reading them would take long. */
const LONGEST = 4096;

type Token = '(' | ')' | 'AND' | 'OR' | { readonly term: LicenseTerm };

/** An SPDX expression, as far as its grammar goes; `null`: it is none. What the identifiers name is not looked at. */
export function licenseTerms(expression: string): readonly Token[] | null {
  if (expression.length > LONGEST) return null;
  const words = expression.replaceAll('(', ' ( ').replaceAll(')', ' ) ').split(/\s+/);
  const tokens: Token[] = [];
  let depth = 0;
  let wantsTerm = true;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const upper = word.toUpperCase();
    if (word === '') continue;
    if (word === '(' || (word !== ')' && upper !== 'AND' && upper !== 'OR')) {
      if (!wantsTerm) return null;
      if (word === '(') {
        depth++;
        tokens.push('(');
        continue;
      }
      if (!/^[A-Za-z0-9.:+-]+$/.test(word) || upper === 'WITH') return null;
      const exception = words[at + 1]?.toUpperCase() === 'WITH' ? words[at + 2] : undefined;
      if (exception !== undefined) at += 2;
      tokens.push({ term: exception === undefined ? word : `${word} WITH ${exception}` });
      wantsTerm = false;
      continue;
    }
    if (wantsTerm) return null;
    if (word === ')') {
      if (--depth < 0) return null;
      tokens.push(')');
    } else {
      tokens.push(upper === 'AND' ? 'AND' : 'OR');
      wantsTerm = true;
    }
  }
  return wantsTerm || depth !== 0 ? null : tokens;
}

/** May it be used, if one may use it under the terms that `may` says yes to? AND needs both sides, OR one. */
export function isUsable(tokens: readonly Token[], may: (term: LicenseTerm) => boolean): boolean {
  // Of each open parenthesis: does a whole alternative hold, and does the one that is being read?
  const open = [{ any: false, all: true }];
  const take = (value: boolean): void => {
    const top = open.at(-1);
    if (top !== undefined) top.all &&= value;
  };
  for (const token of tokens) {
    const top = open.at(-1);
    if (top === undefined) return false;
    if (token === '(') open.push({ any: false, all: true });
    else if (token === ')') {
      open.pop();
      take(top.any || top.all);
    } else if (token === 'OR') {
      top.any ||= top.all;
      top.all = true;
    } else if (token !== 'AND') take(may(token.term));
  }
  return open.some(({ any, all }) => any || all);
}

/** Does denying `denied` deny the term? Its `-only`, `-or-later` and `+` forms are the same licence, as with an exception. */
export function isDenied(term: LicenseTerm, denied: string): boolean {
  const [license = '', exception] = term.split(' WITH ');
  const [deniedLicense = '', deniedException] = denied.split(' WITH ');
  if (deniedException !== undefined && deniedException !== exception) return false;
  return family(license) === family(deniedLicense);
}

function family(license: string): string {
  return license.replace(/(?:-only|-or-later|\+)$/, '').toLowerCase();
}
