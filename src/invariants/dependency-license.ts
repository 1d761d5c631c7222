import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { Json } from '../model/canonical.js';
import type { DependencyFile } from '../model/dependency.js';
import type { TargetSet } from '../model/edges.js';
import { listed } from './denied-message.js';
import { isOurs } from './dependency-entries.js';
import { entryViolation, gathered, wayTo, whatStands } from './dependency-finding.js';
import {
  compilePackages,
  compileSelection,
  type Depth,
  depthSchema,
  governsManifest,
  isNamed,
  packageRef,
  SELECTION_SCHEMA,
  type Selected,
  type Selection,
  type SelectionOptions,
  selected,
} from './dependency-rule.js';
import { reachesManifests, screenManifest } from './dependency-screen.js';
import type { JsonSchema, Kind, RuleCompiler, Violation } from './kind.js';
import { isDenied, isUsable, licenseTerms } from './license-terms.js';
import type { Plain } from './plain.js';

type Rule = {
  readonly selection: Selection;
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly except?: Plain<TargetSet>;
  readonly unknown: 'forbid' | 'allow';
};
type Options = SelectionOptions & {
  readonly depth?: Depth;
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly 'except-packages'?: Json;
  readonly unknown?: 'forbid' | 'allow';
};

const LICENSES: JsonSchema = {
  type: 'array',
  items: { type: 'string', minLength: 1 },
  minItems: 1,
  uniqueItems: true,
};
/** `MIT`, `Apache-2.0+`, `LicenseRef-ours`, `GPL-2.0-only WITH Classpath-exception-2.0`. */
const LICENSE = /^[A-Za-z0-9][A-Za-z0-9.:-]*\+?(?: WITH [A-Za-z0-9][A-Za-z0-9.-]*)?$/;

/**
 * Under which licences packages may come in, as lock files and copies in the tree name them.
 *
 * - `allow` or `deny`, one of them: SPDX identifiers. Allowed: the licence can be kept by keeping allowed ones alone
 *   (`A OR B` needs one of them, `A AND B` both; `GPL-2.0-or-later` can be kept by GPL-3.0-only). Denied: it can't be
 *   kept without a denied one; an identifier denies its `-only`, `-or-later` and `+` forms and those with an
 *   exception, too, one that has an exception itself only that. A licence that is no SPDX expression is let
 *   through or denied by its very text (`UNLICENSED`).
 * - `unknown`: `forbid` (default) what tells no licence, or one that is no SPDX expression; or `allow` it. Lock files
 *   that name no licence at all are one finding each: what they lock can't be judged. Projects of the repository are
 *   nobody else's and need none.
 * - `except-packages`: packages that somebody has looked at.
 * - `in`, `scope`, `depth`: which dependencies of which projects. Default: all, of all, direct and transitive.
 */
export const dependencyLicense: Kind<Rule> = {
  name: 'dependency-license',
  summary: 'the licences under which packages may come in',
  schema: {
    type: 'object',
    properties: {
      allow: { ...LICENSES, description: 'SPDX identifiers of the licences that are allowed.' },
      deny: { ...LICENSES, description: 'SPDX identifiers of the licences that are forbidden.' },
      unknown: {
        description: 'Packages whose licence can’t be known. Default: forbid.',
        enum: ['forbid', 'allow'],
      },
      'except-packages': {
        $ref: '#/$defs/refs',
        description: 'Packages that are not judged: npm:name, pypi:name, go:module …',
      },
      ...SELECTION_SCHEMA,
      depth: depthSchema('any'),
    },
    oneOf: [{ required: ['allow'] }, { required: ['deny'] }],
    additionalProperties: false,
  },
  reads: 'dependencies',
  modeOf: () => 'state',
  compile(options, compiler) {
    const { allow, deny, unknown, 'except-packages': except, ...selection } = options as Options;
    if ((allow === undefined) === (deny === undefined))
      compiler.fail('say either what is allowed or what is denied', '', 'allow: [MIT] or deny: [AGPL-3.0]');
    checkShapes(allow ?? [], 'allow', compiler);
    checkShapes(deny ?? [], 'deny', compiler);
    return {
      selection: compileSelection(selection, 'any', compiler),
      ...(allow === undefined ? {} : { allow }),
      ...(deny === undefined ? {} : { deny }),
      ...(except === undefined ? {} : { except: compilePackages(except, 'except-packages', compiler) }),
      unknown: unknown ?? 'forbid',
    };
  },
  governs: (rule, path) => governsManifest(rule.selection, path),
  // A manifest may decide which entries of a lock file are a project's.
  reaches: (_, path) => reachesManifests(path),
  evaluate(rule, tree) {
    const facts = tree.dependencies();
    const judge = new Judge(facts, rule);
    return gathered([...selected(facts, rule.selection)].flatMap(each => judge.judge(each)));
  },
  unused(rule, tree) {
    const facts = tree.dependencies();
    return [...(rule.allow ?? []), ...(rule.deny ?? [])]
      .filter(license => facts.licenseIds(license) === null)
      .map(license => `${license} is no SPDX identifier: only a licence of that very text is meant by it`);
  },
  screen: (_, file) => screenManifest(file),
};

function checkShapes(licenses: readonly string[], key: string, compiler: RuleCompiler): void {
  for (const [index, license] of licenses.entries())
    if (!LICENSE.test(license) || /^(?:AND|OR|WITH)$/i.test(license))
      compiler.fail(
        `"${license}" is no SPDX identifier`,
        `${key}/${index}`,
        'write one licence: MIT, Apache-2.0, GPL-2.0-only WITH Classpath-exception-2.0',
      );
}

class Judge {
  /** Does the file name licences at all? */
  private readonly telling = new Map<string, boolean>();
  private readonly allowed: readonly string[];
  /** By expression: a few stand for nearly all packages. */
  private readonly verdicts = new Map<string, boolean | null>();

  constructor(
    private readonly facts: DependencyFacts,
    private readonly rule: Rule,
  ) {
    // One that is unknown would make every comparison unknown.
    this.allowed = (rule.allow ?? []).filter(license => facts.licenseIds(license) !== null);
  }

  judge(each: Selected): readonly Violation[] {
    const { file, entry } = each;
    const { rule } = this;
    if (file.role === 'manifest' || entry.role !== 'dependency' || entry.source.type === 'workspace')
      return [];
    if (rule.except !== undefined && isNamed(rule.except, entry)) return [];
    const license = entry.license?.trim() ?? '';
    if (license !== '') return this.judgeLicense(each, license);
    if (rule.unknown === 'allow' || (file.role === 'lock' && isOurs(this.facts, entry))) return [];
    if (!this.tells(file)) return [silent(file)];
    return [this.violation(each, `unknown ${packageRef(entry)}`, 'which names no licence')];
  }

  private judgeLicense(each: Selected, license: string): readonly Violation[] {
    const { allow, deny, unknown } = this.rule;
    const may = this.may(license);
    const ref = packageRef(each.entry);
    if (may === true || (may === null && unknown === 'allow')) return [];
    if (may === null)
      return [
        this.violation(
          each,
          `unknown ${ref} ${license}`,
          `whose licence is given as "${shortened(license)}", which is no SPDX expression: what it allows can’t be known`,
        ),
      ];
    const rule =
      deny === undefined
        ? `allowed ${allow?.length === 1 ? 'is' : 'are'} only ${listed(allow ?? [])}`
        : `${listed(deny)} ${deny.length === 1 ? 'is' : 'are'} forbidden`;
    return [this.violation(each, `${ref} ${license}`, `which is under ${license}: ${rule}`)];
  }

  /** `null`: it is no SPDX expression. */
  private may(license: string): boolean | null {
    let verdict = this.verdicts.get(license);
    if (verdict === undefined) {
      verdict = this.verdict(license);
      this.verdicts.set(license, verdict);
    }
    return verdict;
  }

  private verdict(license: string): boolean | null {
    const { allow, deny } = this.rule;
    if (deny?.includes(license)) return false;
    if (allow?.includes(license)) return true;
    const tokens = licenseTerms(license);
    if (tokens === null) return null;
    for (const token of tokens)
      if (typeof token === 'object' && this.facts.licenseIds(token.term) === null) return null;
    if (deny !== undefined) return isUsable(tokens, term => !deny.some(denied => isDenied(term, denied)));
    return isUsable(tokens, term => this.facts.licensed(term, this.allowed) === true);
  }

  private tells(file: DependencyFile): boolean {
    let tells = this.telling.get(file.path);
    if (tells === undefined) {
      tells = file.entries.some(({ license }) => license !== undefined && license.trim() !== '');
      this.telling.set(file.path, tells);
    }
    return tells;
  }

  private violation(each: Selected, subject: string, wrong: string): Violation {
    const { file, entry } = each;
    const way = wayTo(this.facts, file, entry);
    return entryViolation(this.facts, each, { subject, message: `${whatStands(each, way)}, ${wrong}`, way });
  }
}

function silent({ path, role }: DependencyFile): Violation {
  return {
    path,
    line: null,
    column: null,
    subject: 'unknown',
    ordinal: 0,
    message:
      role === 'lock'
        ? `${path} names no licences: under which its packages come can’t be known from it`
        : `${path} is of a copy of others’ work and names no licence`,
  };
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
