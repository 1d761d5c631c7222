import { type EntryList, pathFrom } from '../syntax/entries.js';
import { scopeOfConfiguration } from './configurations.js';
import { exactVersion } from './coordinates.js';
import {
  chainOf,
  closeOf,
  lastWord,
  listOf,
  notationsOf,
  shortForm,
  splitArguments,
} from './gradle-arguments.js';
import { addElsewhere, addToCatalog } from './gradle-elsewhere.js';
import { addNotation, addPlugin, type Stated } from './gradle-entries.js';
import type { Statement, Token } from './gradle-tokens.js';
import { Values } from './gradle-values.js';
import { CONTROL, DEFINES, NO_CONFIGURATION, NO_DEPENDENCIES, USUAL } from './gradle-words.js';

/** Where a statement stands. */
interface Place {
  readonly kind: 'other' | 'dependencies' | 'options' | 'plugins' | 'catalogs' | 'catalog';
  readonly isConstraint: boolean;
  readonly isBuildscript: boolean;
  readonly isTest: boolean;
  readonly isManaged: boolean;
  /** Straight in the script: only there `plugins` is Gradle's own. */
  readonly isTop: boolean;
  /** Name of the version catalog. */
  readonly catalog: string;
}

const SCRIPT: Place = {
  kind: 'other',
  isConstraint: false,
  isBuildscript: false,
  isTest: false,
  isManaged: false,
  isTop: true,
  catalog: '',
};
/** Walks a script's statements, and adds what they declare. */
export class ScriptReader {
  readonly values = new Values();
  readonly includes: string[] = [];
  readonly exports: Record<string, string> = Object.create(null);

  constructor(
    private readonly list: EntryList,
    private readonly folder: string,
  ) {}

  read(statements: readonly Statement[], place: Place = SCRIPT): void {
    for (const statement of statements) this.statement(statement, place);
  }

  private statement(statement: Statement, place: Place): void {
    const { tokens } = statement;
    this.values.read(statement);
    this.applied(tokens);
    const isOne = this.declares(tokens, place);
    let from = 0;
    for (const [index, token] of tokens.entries()) {
      if (token.block === undefined) continue;
      const header = tokens.slice(from, index);
      from = index + 1;
      this.read(token.block, isOne ? { ...place, kind: 'options' } : this.inside(header, place));
    }
  }

  /** Adds what the statement itself declares. @returns whether it is a dependency statement */
  private declares(tokens: readonly Token[], place: Place): boolean {
    if (place.kind === 'dependencies') return this.dependency(tokens, place);
    if (place.kind === 'options') this.option(tokens);
    if (place.kind === 'plugins') this.plugin(tokens, place);
    else if (place.kind === 'catalog')
      addToCatalog(this.list, tokens, place.catalog, this.exports, this.folder);
    else if (place.kind === 'other') {
      const { words, next } = chainOf(tokens);
      const at = words.indexOf('dependencies');
      // `dependencies.implementation(…)` without a block.
      if (
        at !== -1 &&
        at === words.length - 2 &&
        tokens[next]?.type !== 'block' &&
        tokens[next]?.text !== '.'
      )
        return this.dependency(tokens.slice(next - 1), place);
      addElsewhere(this.list, tokens, place.isBuildscript);
    }
    return false;
  }

  private dependency(tokens: readonly Token[], place: Place): boolean {
    const [first] = tokens;
    if (first === undefined || first.type === 'block') return false;
    if (first.type === 'word' && CONTROL.has(first.value)) {
      const end = tokens[1]?.text === '(' ? closeOf(tokens, 1) + 1 : 1;
      return this.dependency(tokens.slice(end), place);
    }
    if (first.type === 'word' && DEFINES.has(first.value)) {
      addElsewhere(this.list, tokens, place.isBuildscript);
      return false;
    }
    const { words, next } = first.type === 'text' ? { words: [first.value], next: 1 } : chainOf(tokens);
    let configuration = words.at(-1) ?? '';
    const open = tokens[next];
    if (
      open === undefined ||
      open.type === 'block' ||
      configuration === '' ||
      NO_CONFIGURATION.has(configuration)
    )
      return false;
    if (open.type === 'mark' && !/^[([]$/.test(open.text)) {
      if (open.text === '=' || open.text === '+') addElsewhere(this.list, tokens, place.isBuildscript);
      return false;
    }
    const end = open.text === '(' ? closeOf(tokens, next) : tokens.length;
    let given = (open.text === '(' ? tokens.slice(next + 1, end) : tokens.slice(next)).filter(
      ({ type }) => type !== 'block',
    );
    if (configuration === 'add') {
      const [name = [], ...rest] = splitArguments(given);
      configuration =
        name.length === 1 && name[0]?.type === 'text' ? name[0].value : (chainOf(name).words.at(-1) ?? '?');
      given = rest.flatMap((part, index) => (index === 0 ? [...part] : []));
    }
    const scope = place.isBuildscript
      ? 'build'
      : place.isTest
        ? 'development'
        : scopeOfConfiguration(configuration);
    const role = place.isConstraint ? 'definition' : 'dependency';
    const stated: Stated = { at: configuration, role, scope, line: first.line };
    const short = USUAL.test(configuration) ? shortForm(given) : null;
    for (const notation of short === null ? listOf(given) : [short])
      addNotation(this.list, notation, stated, this.folder);
    return true;
  }

  /** `version { strictly("1.2") }` of the dependency before. */
  private option([verb, ...rest]: readonly Token[]): void {
    const text = rest.find(({ type }) => type === 'text');
    const last = this.list.entries.at(-1);
    if (last === undefined || text === undefined || !/^(?:strictly|require|prefer)$/.test(verb?.value ?? ''))
      return;
    const { value } = text;
    this.list.entries[this.list.entries.length - 1] = { ...last, range: value, version: exactVersion(value) };
  }

  private plugin(tokens: readonly Token[], place: Place): void {
    const [first] = tokens;
    const role = place.isManaged ? 'definition' : 'dependency';
    if (first?.type !== 'word') return;
    const at = tokens.findIndex(token => token.type === 'word' && token.value === 'version');
    const behind =
      at === -1 ? [] : tokens.slice(at + 1).filter(({ type, text }) => type !== 'mark' || text === '.');
    const stop = behind.findIndex(token => token.value === 'apply');
    const [text, ...more] = stop === -1 ? behind : behind.slice(0, stop);
    const version =
      text === undefined
        ? null
        : text.type === 'text' && more.length === 0
          ? text.value
          : `\${${[text, ...more].map(one => one.text).join('')}}`;
    if (first.value === 'alias') {
      const { words } = chainOf(tokens, tokens[1]?.text === '(' ? 2 : 1);
      const [notation] = notationsOf(
        tokens.slice(tokens[1]?.text === '(' ? 2 : 1).filter(({ text: mark }) => mark !== ')'),
      );
      const written = notation?.kind === 'accessor' ? notation.written : words.join('.');
      this.list.add({
        id: `plugins/${written}`,
        role,
        name: `?${written}`,
        scope: 'build',
        line: first.line,
        inherits: written,
      });
      return;
    }
    const id = tokens.find(({ type }) => type === 'text')?.value;
    if (first.value === 'kotlin' && id !== undefined)
      addPlugin(this.list, `org.jetbrains.kotlin.${id}`, version, role, first.line);
    // Names without a dot are Gradle's own plugins.
    else if (first.value === 'id') {
      if (id === undefined)
        this.list.add({ id: 'plugins/?', role, name: '?plugin', scope: 'build', line: first.line });
      else if (id.includes('.')) addPlugin(this.list, id, version, role, first.line);
    }
  }

  /** `apply from: 'x.gradle'` and `apply(from = "x.gradle.kts")`. */
  private applied(tokens: readonly Token[]): void {
    if (tokens[0]?.value !== 'apply') return;
    const at = tokens.findIndex(token => token.type === 'word' && token.value === 'from');
    const text = at === -1 ? undefined : tokens.slice(at).find(({ type }) => type === 'text')?.value;
    if (text === undefined) return;
    const isRoot = /^\$\{(?:rootDir|rootProject\.projectDir|project\.rootDir)\}\//.test(text);
    const plain = text.replace(/^\$\{[\w.]+\}\//, '');
    // From the root of the build, which need not be that of the repository: `link` looks above.
    if (isRoot) this.includes.push(`^${plain}`);
    else {
      const path = plain.includes('${') ? null : pathFrom(this.folder, plain);
      if (path !== null) this.includes.push(path);
    }
  }

  private inside(header: readonly Token[], place: Place): Place {
    const words = header.flatMap(({ type, value }) => (type === 'word' ? [value] : []));
    const named = lastWord(header);
    const [first = ''] = words;
    // `named("commonTest") { … }`
    if (/^(?:named|getByName|create|register|maybeCreate)$/.test(named))
      words.push(...header.flatMap(({ type, value }) => (type === 'text' ? [value] : [])));
    const isTest =
      place.isTest ||
      (!/^(?:if|configure|allprojects|subprojects|project)$/.test(first) &&
        words.some(word => /^(?:test|testing)$|^test[A-Z]|Test$|^androidTest/.test(word)));
    if (place.kind === 'dependencies' || place.kind === 'options') {
      if (named === 'constraints') return { ...place, isConstraint: true };
      return NO_DEPENDENCIES.has(named) ? { ...place, kind: 'other' } : place;
    }
    if (named === 'dependencies') return { ...place, kind: 'dependencies', isTest };
    if (named === 'dependencyManagement') return { ...place, isConstraint: true };
    if (named === 'plugins' && header.length === 1 && place.isTop) return { ...place, kind: 'plugins' };
    if (named === 'pluginManagement') return { ...place, isManaged: true };
    if (named === 'buildscript') return { ...place, isBuildscript: true };
    if (named === 'versionCatalogs') return { ...place, kind: 'catalogs' };
    if (place.kind === 'catalogs') {
      const catalog = header.find(({ type }) => type === 'text')?.value ?? named;
      return { ...place, kind: 'catalog', catalog };
    }
    return {
      ...place,
      kind: place.kind === 'plugins' ? 'plugins' : 'other',
      isTest,
      isTop: place.isTop && CONTROL.has(first),
    };
  }
}
