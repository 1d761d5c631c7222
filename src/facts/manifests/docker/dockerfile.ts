import {
  type Copy,
  DockerfileParser,
  type From,
  type Instruction,
  type Onbuild,
  type Run,
} from 'dockerfile-ast';
import type { RepoPath } from '../../../model/brand.js';
import {
  canonicalPackage,
  type DependencyEntry,
  type DependencyFile,
  type DependencyScope,
} from '../../../model/dependency.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { EntryList } from '../syntax/entries.js';
import { imageFacts } from './image.js';
import { expanded, isOpen } from './variables.js';

/**
 * A Dockerfile or Containerfile: the images that it builds on, copies from or mounts, and the one that reads its syntax.
 * Arguments have their defaults; what has none leaves the name open (`?…`), or only the version.
 */
export const dockerfile: ManifestFormat = { parse };

const INSTRUCTIONS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/**
 * Files that something else makes a Dockerfile of, and files about Dockerfiles: lines that are no instruction are
 * passed over.
 */
const LENIENT = /\.(?:erb|j2|jinja2?|tmpl|tpl|template|mustache|hbs|in|m4|ya?ml|toml)$/;
/** What a builder knows of the platform by itself, mostly. */
const PLATFORM = ['BUILD', 'TARGET'].flatMap(side => [
  [`${side}PLATFORM`, 'linux/amd64'] as const,
  [`${side}OS`, 'linux'] as const,
  [`${side}ARCH`, 'amd64'] as const,
]);

function parse(path: RepoPath, text: string): DependencyFile {
  return {
    path,
    format: 'dockerfile',
    ecosystem: 'docker',
    role: 'manifest',
    project: { name: null, version: null, license: null },
    entries: new Images(path, text).read(),
    roots: {},
    includes: [],
  };
}

class Images {
  private readonly list = new EntryList('docker');
  private readonly args = new Map<string, string | null>();
  /** With a platform in them: to find the stage that is made for it (`FROM build-$TARGETARCH`). */
  private readonly argsOfPlatform = new Map<string, string | null>(PLATFORM);
  private readonly allStages = new Set<string>();
  private readonly escapeCharacter: string;
  private readonly instructions: readonly Instruction[];
  private isLenient: boolean;
  private count = 0;

  constructor(path: RepoPath, text: string) {
    const ast = DockerfileParser.parse(text);
    this.escapeCharacter = ast.getEscapeCharacter();
    this.instructions = ast.getInstructions();
    this.isLenient = LENIENT.test(path);
    const syntax = syntaxDirective(text);
    if (syntax === null) return;
    this.add('syntax', syntax.value, syntax.line, 'build');
    // Another reader may have other instructions.
    if (this.list.entries[0]?.name !== 'docker/dockerfile') this.isLenient = true;
  }

  read(): readonly DependencyEntry[] {
    for (const one of this.instructions) {
      if (!isFrom(one)) continue;
      this.count++;
      const name = one.getBuildStage();
      if (name !== null) this.allStages.add(name.toLowerCase());
    }
    const stages = new Set<string>();
    let isBefore = true;
    for (const one of this.instructions) {
      const keyword = one.getKeyword();
      const line = one.getInstructionRange().start.line + 1;
      if (!INSTRUCTIONS.has(keyword)) {
        if (this.isLenient) continue;
        throw new ManifestError(`unknown instruction: ${keyword.slice(0, 40)}`, line);
      }
      if (isFrom(one)) {
        isBefore = false;
        this.from(one, stages);
      } else if (!isBefore) this.uses(one);
      else if (keyword === 'ARG') this.argument(one);
      else if (!this.isLenient) throw new ManifestError(`${keyword} stands before the first FROM`, line);
    }
    if (isBefore && this.instructions.length > 0 && !this.isLenient)
      throw new ManifestError('there is no FROM', 1, 'if the file was cut off, restore it');
    return this.list.entries;
  }

  private argument(one: Instruction): void {
    for (const argument of one.getArguments()) {
      const written = argument.getValue();
      const equals = written.indexOf('=');
      const name = equals === -1 ? written : written.slice(0, equals);
      for (const args of [this.args, this.argsOfPlatform])
        if (equals !== -1) args.set(name, expanded(written.slice(equals + 1), args, this.escapeCharacter));
        else if (!args.has(name)) args.set(name, null);
    }
  }

  private resolved(word: string): string {
    return expanded(word, this.args, this.escapeCharacter);
  }

  private from(from: From, stages: Set<string>): void {
    const words = from.getArguments();
    const [image, as] = words;
    const line = (image?.getRange() ?? from.getInstructionRange()).start.line + 1;
    const isRight = words.length === 1 || (words.length === 3 && as?.getValue().toUpperCase() === 'AS');
    const isTemplate = this.isLenient && /\{\{|<%/.test(image?.getValue() ?? '');
    if (image === undefined || !(isRight || isTemplate)) {
      if (this.isLenient) return;
      throw new ManifestError('FROM takes one image, and AS with a name', line);
    }
    const written = isTemplate ? templated(words) : image.getValue();
    if (!this.isStage(written, stages)) this.add('from', this.resolved(written), line, 'production');
    const name = from.getBuildStage();
    if (name !== null) stages.add(name.toLowerCase());
  }

  private isStage(written: string, stages: ReadonlySet<string>): boolean {
    return [this.args, this.argsOfPlatform].some(args =>
      stages.has(expanded(written, args, this.escapeCharacter).toLowerCase()),
    );
  }

  private uses(one: Instruction): void {
    switch (one.getKeyword()) {
      case 'ONBUILD': {
        const trigger = (one as Onbuild).getTriggerInstruction();
        if (trigger !== null && trigger.getKeyword() !== 'ONBUILD') this.uses(trigger);
        break;
      }
      case 'COPY':
        for (const flag of (one as Copy).getFlags())
          if (flag.getName() === 'from') this.other('copy', flag.getValue(), flag.getRange().start.line + 1);
        break;
      case 'RUN':
        for (const flag of (one as Run).getFlags())
          if (flag.getName() === 'mount')
            this.other('mount', mountFrom(flag.getValue() ?? ''), flag.getRange().start.line + 1);
        break;
    }
  }

  /** Copied from or mounted: a stage by its name or number, else an image. */
  private other(kind: 'copy' | 'mount', written: string | null, line: number): void {
    if (written === null || written === '') return;
    const reference = this.resolved(written);
    if (/^\d+$/.test(reference)) {
      if (Number(reference) >= this.count) throw new ManifestError(`there is no stage ${reference}`, line);
      return;
    }
    if (this.isStage(written, this.allStages)) return;
    this.add(kind, reference, line, kind === 'copy' ? 'production' : 'build');
  }

  private add(
    kind: 'from' | 'copy' | 'mount' | 'syntax',
    reference: string,
    line: number,
    scope: DependencyScope,
  ): void {
    if (reference.toLowerCase() === 'scratch') return;
    if (reference === '') throw new ManifestError('the name of the image is empty', line);
    const facts = imageFacts(reference, isOpen);
    const id = kind === 'syntax' ? kind : `${kind}/${canonicalPackage('docker', facts.name)}`;
    this.list.add({ ...facts, id, scope, line });
  }
}

/** The image of a FROM whose expressions (`{{ … }}`, `<%= … %>`) may hold spaces. */
function templated(words: readonly { getValue(): string }[]): string {
  const written = words.map(word => word.getValue());
  const as = written.findIndex(word => word.toUpperCase() === 'AS');
  return written.slice(0, as === -1 ? undefined : as).join(' ');
}

function isFrom(one: Instruction): one is From {
  return one.getKeyword() === 'FROM';
}

/** `from` of `type=bind,from=image,target=/x`: keys in any case, fields quoted as in CSV. */
function mountFrom(written: string): string | null {
  let from: string | null = null;
  for (const field of written.split(',')) {
    const plain = field.replaceAll('"', '');
    const equals = plain.indexOf('=');
    if (equals !== -1 && plain.slice(0, equals).trim().toLowerCase() === 'from')
      from = plain.slice(equals + 1).trim();
  }
  return from;
}

/** `# syntax=image` among the directives at the file's very top, before any comment. Also with `//`. */
function syntaxDirective(text: string): { readonly value: string; readonly line: number } | null {
  for (const mark of ['#', '//']) {
    let line = 0;
    for (let at = 0; at < text.length; ) {
      line++;
      let end = text.indexOf('\n', at);
      if (end === -1) end = text.length;
      const written = text.slice(at, end).trim();
      at = end + 1;
      if (line === 1 && written.startsWith('#!')) continue;
      const equals = written.indexOf('=');
      if (!written.startsWith(mark) || equals === -1) break;
      const name = written.slice(mark.length, equals).trim();
      if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) break;
      if (name.toLowerCase() !== 'syntax') continue;
      // Words after the image are arguments to it.
      const value =
        written
          .slice(equals + 1)
          .trim()
          .split(/\s+/)[0] ?? '';
      return value === '' ? null : { value, line };
    }
  }
  return null;
}
