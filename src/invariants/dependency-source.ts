import { PACKAGE_ECOSYSTEMS, type PackageEcosystem } from '../model/dependency.js';
import { withoutTold } from './dependency-entries.js';
import { gathered } from './dependency-finding.js';
import {
  compileSelection,
  governsManifest,
  SELECTION_SCHEMA,
  type Selected,
  type SelectionOptions,
} from './dependency-rule.js';
import { reachesManifests, screenManifest } from './dependency-screen.js';
import type { Kind, RuleCompiler } from './kind.js';
import { Agreement } from './source-agreement.js';
import {
  type Fault,
  judged,
  SOURCE_TYPES,
  type SourceChecks,
  type SourceRule,
  violationOf,
} from './source-check.js';
import { HOST_PATTERN } from './source-host.js';
import { changedIntegrity, integrityFault } from './source-integrity.js';
import { lookalikes, newProjectScripts, newScripts } from './source-news.js';
import { hostFault, pinFault, redirectFault, typeFault } from './source-places.js';
import { archiveFault } from './source-url.js';

type Options = Omit<SelectionOptions, 'depth'> &
  SourceChecks & { readonly ecosystems?: readonly PackageEcosystem[] };

/** Those that say something about a tree. The others are about a change. */
const STATE_CHECKS = ['types', 'hosts', 'integrity', 'agrees', 'pinned', 'redirects'] as const;
const CHECKS = [...STATE_CHECKS, 'install-scripts', 'lookalikes'] as const;

/** Looked at in every entry by itself. */
const FAULTS: readonly ((rule: SourceRule, each: Selected) => Fault | null)[] = [
  typeFault,
  hostFault,
  redirectFault,
  pinFault,
  integrityFault,
];

/**
 * Where packages come from. At least one check:
 *
 * - `types`: the ways that are allowed: registry, workspace, path, git, url (an archive at an address of its own).
 *   Manifests, lock files and redirects. Copies in the tree are `forbid-dependency`'s.
 * - `hosts`: the hosts that are allowed, `*.example.com` for all below one, with the port where it is another than the
 *   protocol's. Of every address in manifests and lock files; an entry without an address passes.
 * - `integrity: required`: every entry of a lock file that comes from a registry or an address has a digest (formats
 *   without a place for one: gradle.lockfile), and a change leaves the digests of a version as they are. Fewer of
 *   them, or one by a further algorithm beside an old one, are no change.
 * - `agrees: true`: lock files hold what the manifests that they settle ask for, in a version that the range admits,
 *   and the archive that is fetched bears the entry's name and version, as far as its address shows them.
 * - `pinned: true`: manifests settle what comes: actions by full commit, images by digest, repositories by full
 *   commit, everything else by one exact version.
 * - `redirects: false`: no package is answered by another one (`overrides`, `resolutions`, `replace`, `[patch]`).
 * - `install-scripts: false`: a change brings in no package that runs a program at its installation and did not
 *   before, as far as the lock file says so, and no such script of a project itself.
 * - `lookalikes: true`: a change asks for no name that looks like that of a package in use: letters of another
 *   script, or one letter more, less, other or swapped (names of five letters and more; not within one scope, vendor
 *   or account, where only its owner names packages).
 * - `in`, `scope`, `ecosystems`: of which dependencies of which projects. Default: all of all.
 */
export const dependencySource: Kind<SourceRule> = {
  name: 'dependency-source',
  summary: 'where packages may come from, and how that is settled',
  schema: {
    type: 'object',
    properties: {
      types: {
        description: 'The sources that are allowed.',
        type: 'array',
        items: { enum: [...SOURCE_TYPES] },
        minItems: 1,
        uniqueItems: true,
      },
      hosts: {
        description: 'The hosts that packages may come from: registry.example.com, *.example.com.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        uniqueItems: true,
      },
      integrity: {
        description: 'Lock files have a digest of each archive, and it stays the same for the same version.',
        enum: ['required'],
      },
      agrees: {
        description: 'Lock files hold what manifests ask for, and archives are what the entries say.',
        enum: [true],
      },
      pinned: {
        description: 'Actions by full commit, images by digest, packages by exact version.',
        enum: [true],
      },
      redirects: { description: 'No package is answered by another one.', enum: [false] },
      'install-scripts': {
        description: 'A change brings in no program that runs at an installation.',
        enum: [false],
      },
      lookalikes: {
        description: 'A change asks for no name that looks like that of a package in use.',
        enum: [true],
      },
      ecosystems: {
        description: 'Only packages of these ecosystems. Default: all.',
        type: 'array',
        items: { enum: [...PACKAGE_ECOSYSTEMS] },
        minItems: 1,
        uniqueItems: true,
      },
      ...SELECTION_SCHEMA,
    },
    anyOf: CHECKS.map(check => ({ required: [check] })),
    additionalProperties: false,
  },
  reads: 'dependencies',
  // Only then: the manifests and lock files of what stood before need not be parsed for the rest.
  judgesChangesToo: rule =>
    rule.integrity !== undefined || rule['install-scripts'] !== undefined || rule.lookalikes !== undefined,
  modeOf: rule => (STATE_CHECKS.some(check => rule[check] !== undefined) ? 'state' : 'change'),
  compile(options, compiler) {
    const { in: paths, scope, hosts, ...rest } = options as Options;
    if (CHECKS.every(check => (options as Options)[check] === undefined))
      compiler.fail('it checks nothing', '', `say at least one of ${CHECKS.join(', ')}`);
    return {
      ...rest,
      selection: compileSelection(
        { ...(paths === undefined ? {} : { in: paths }), ...(scope === undefined ? {} : { scope }) },
        'any',
        compiler,
      ),
      ...(hosts === undefined ? {} : { hosts: hosts.map((host, at) => compileHost(host, at, compiler)) }),
    };
  },
  governs: (rule, path) => governsManifest(rule.selection, path),
  // Any manifest may decide what another one's entry is, and where a package comes from.
  reaches: (_, path) => reachesManifests(path),
  evaluate(rule, tree) {
    const facts = tree.dependencies();
    const agreement = rule.agrees === undefined ? null : new Agreement(facts);
    const faults: Fault[] = [];
    for (const each of judged(facts, rule)) {
      for (const faultOf of FAULTS) {
        const fault = faultOf(rule, each);
        if (fault !== null) faults.push(fault);
      }
      const archive = archiveFault(facts, rule, each);
      if (archive !== null) faults.push(archive);
      if (agreement !== null) faults.push(...agreement.faults(each));
    }
    return gathered(
      withoutTold(facts, faults, ({ subject }) => subject).map(fault => violationOf(facts, fault)),
    );
  },
  evaluateChange(rule, { base, head, changes }) {
    const [before, now] = [base.dependencies(), head.dependencies()];
    const faults: Fault[] = [
      ...(rule.integrity === undefined ? [] : changedIntegrity(rule, before, now, changes)),
      ...(rule['install-scripts'] === undefined ? [] : newScripts(rule, before, now)),
      ...(rule.lookalikes === undefined ? [] : lookalikes(rule, before, now)),
    ];
    return gathered([
      ...faults.map(fault => violationOf(now, fault)),
      ...(rule['install-scripts'] === undefined ? [] : newProjectScripts(rule, before, now, changes)),
    ]);
  },
  screen: (_, file) => screenManifest(file),
};

function compileHost(host: string, at: number, compiler: RuleCompiler): string {
  const plain = host.toLowerCase();
  if (!HOST_PATTERN.test(plain))
    compiler.fail(`"${host}" is no host`, `hosts/${at}`, 'write it as registry.example.com or *.example.com');
  return plain;
}
