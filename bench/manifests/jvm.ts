/**
 * pom.xml beside Maven's own model builder (needs java and Maven's libraries; Debian: maven), version catalogs and
 * Gradle's lock files beside a second parser (Python), build.gradle beside Groovy's own parser (Debian: groovy) and
 * build.gradle.kts beside tree-sitter's Kotlin (LINTEL_GRAMMARS: where npm installed it).
 */
import { ManifestError } from '../../src/facts/manifests/format.js';
import { unpackItem } from '../../src/facts/manifests/jvm/pom-items.js';
import type { DependencyEntry, DependencyFile } from '../../src/model/dependency.js';
import { ask } from './ask.js';
import {
  type Facts,
  factsOf,
  inFolder,
  type ReadFile,
  readManifests,
  repoOption,
  report,
} from './comparison.js';
import { kotlinScripts, scriptFacts } from './gradle-kotlin.js';

const MAVEN = '/usr/share/maven/lib/*:/usr/share/java/*';
/** Groovy 2.4 is older than Java's modules. */
const OPENED = ['java.lang', 'java.util'].flatMap(name => ['--add-opens', `java.base/${name}=ALL-UNNAMED`]);
const repo = repoOption();
const files = await readManifests(repo, ['pom', 'gradle-catalog', 'gradle-lock', 'gradle-build']);

function pom({ entries }: DependencyFile): Facts {
  return factsOf(
    entries.filter(({ id }) => id !== 'relocation' && !id.startsWith('inherited/')).flatMap(pomRow),
  );
}

function pomRow({ name, range, inherits, scope }: DependencyEntry): readonly (readonly [string, string])[] {
  const { kind, profile, scope: _written } = unpackItem(inherits ?? '');
  const plain = name.replace(/^\?/, '');
  // Maven's model does not know what plugins fetch by their configuration.
  if (/annotationProcessorPaths|artifactItems/.test(kind)) return [];
  if (profile !== '') return /\/dependencies$/.test(kind) ? [] : [[`profile ${plain}`, '']];
  if (kind === 'parent') return [[`parent ${plain}`, range ?? '']];
  if (kind === 'reporting/plugins') return [[`report ${plain}`, '']];
  if (kind === 'dependencies') return [[`dependency ${plain}`, `${range ?? '?'} ${scope}`]];
  if (kind === 'dependencyManagement') return [[`managed ${plain}`, range ?? '']];
  if (kind === 'build/extensions') return [[`extension ${plain}`, range ?? '']];
  const place = kind.startsWith('build/pluginManagement') ? 'managed-plugin' : 'plugin';
  return [
    [kind.endsWith('/dependencies') ? `${place}-dependency ${plain}` : `${place} ${plain}`, range ?? ''],
  ];
}

/** Maven's scopes as ours. */
function scopes(facts: Facts): Facts {
  return new Map(
    [...facts].map(([key, value]) => {
      if (!key.startsWith('dependency ')) return [key, value];
      const [version = '', scope = '', optional] = value.split(' ');
      const own =
        scope === 'test'
          ? 'development'
          : optional !== undefined
            ? 'optional'
            : /^(?:provided|system)$/.test(scope)
              ? 'build'
              : 'production';
      return [key, `${version === 'null' || version === '' ? '?' : version} ${own}`];
    }),
  );
}

function catalog({ entries }: DependencyFile): Facts {
  return factsOf(
    entries.map(({ id, alias, name, range }) => [
      `${id.startsWith('plugins/') ? 'plugin' : 'library'} ${alias}`,
      `${name} ${range ?? 'None'}`,
    ]),
  );
}

function lock({ entries }: DependencyFile): Facts {
  return factsOf(entries.map(({ name, version }) => [name, version ?? '']));
}

function compare(
  these: readonly ReadFile[],
  oracle: string,
  own: (file: DependencyFile) => Facts,
  theirs: readonly (Facts | string)[],
): void {
  const [first] = these;
  if (first === undefined) return;
  report(
    'maven',
    repo,
    first.format,
    oracle,
    these.map(({ path, file }, index) => ({
      path,
      ours: file instanceof ManifestError ? file : own(file),
      theirs: theirs[index] ?? '',
    })),
  );
}

const of = (format: string, end = ''): readonly ReadFile[] =>
  files.filter(file => file.format === format && file.path.endsWith(end));
const asked = (these: readonly ReadFile[], command: readonly string[], script: string): (Facts | string)[] =>
  these.length === 0
    ? []
    : inFolder(these, folder =>
        ask(
          command,
          script,
          folder,
          these.map(({ path }) => path),
        ),
      );

const poms = of('pom');
const models = asked(poms, ['java', '-cp', MAVEN], './MavenModel.java');
compare(
  poms,
  "Maven's model builder",
  pom,
  models.map(facts => (typeof facts === 'string' ? facts : scopes(facts))),
);
compare(
  of('gradle-catalog'),
  "second parser: Python's tomllib",
  catalog,
  asked(of('gradle-catalog'), ['python3'], './jvm_oracle.py'),
);
compare(
  of('gradle-lock'),
  'second parser: Python',
  lock,
  asked(of('gradle-lock'), ['python3'], './jvm_oracle.py'),
);
const groovy = of('gradle-build', '.gradle');
compare(
  groovy,
  "second parser: Groovy's own",
  scriptFacts,
  asked(
    groovy,
    ['java', ...OPENED, '-cp', '/usr/share/java/*', 'groovy.ui.GroovyMain'],
    './GradleScript.groovy',
  ),
);
const kotlin = of('gradle-build', '.kts');
if (kotlin.length > 0 && process.env['LINTEL_GRAMMARS'] !== undefined)
  compare(kotlin, "second parser: tree-sitter's Kotlin", scriptFacts, await kotlinScripts(kotlin));
