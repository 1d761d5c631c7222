import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Json } from '../model/canonical.js';
import type { KeyPath, PolicyDocument } from './document.js';
import type { Problems } from './problems.js';
import {
  BRANCH,
  COMPONENT_NAME,
  DATE,
  NO_SPACE,
  PLANNED,
  type Registry,
  SHA256,
  SLUG,
  SOME_TEXT,
  TIME,
  WAIVER_ID,
} from './schema.js';
import { expectation, isKeyChoice, values, withoutNoise } from './schema-noise.js';
import type { Definition } from './schema-validators.js';
import { nearest, spellingHint } from './spelling.js';

/** Checks a document's shape and says what is wrong in a person's words, at the node that is wrong. */
export interface Validator {
  /**
   * @param base where the checked value lies in the document.
   * @returns where the errors are, below `base`; empty when there are none.
   */
  check(
    definition: Definition,
    document: PolicyDocument,
    base: KeyPath,
    problems: Problems,
  ): readonly KeyPath[];
}

const validators = new WeakMap<Registry, Promise<Validator>>();

/** The validator of a registry, made once: a judge compiles two policies, and reads waivers. */
export function validatorOf(registry: Registry): Promise<Validator> {
  let validator = validators.get(registry);
  if (validator === undefined) {
    validator = createValidator(registry);
    validators.set(registry, validator);
  }
  return validator;
}

/** Loads the compiled schema: only here, only when a policy is read. */
async function createValidator(registry: Registry): Promise<Validator> {
  const { schemaValidators } = await import('./schema-validators.js');
  const compiled = await schemaValidators(registry);
  const kinds = [...registry.keys()];
  return {
    check(definition, document, base, problems) {
      const validate = compiled(definition);
      const value = valueAt(document.value, base);
      if (validate(value)) return [];
      const errors = validate.errors ?? [];
      const telling = withoutNoise(errors);
      const before = problems.errors.length;
      const complaint: Complaint = { document, base, problems, kinds };
      const wrong = (telling.length > 0 ? telling : errors).map(error => {
        report(error, complaint);
        return keysOf(error.instancePath, value);
      });
      // Whatever is left unsaid above, what does not fit the schema never passes.
      if (problems.errors.length === before)
        problems.error(
          document.at(base),
          'it does not fit the schema',
          'compare it with schema/lintel.schema.json',
        );
      return wrong.length > 0 ? wrong : [[]];
    },
  };
}

interface Complaint {
  readonly document: PolicyDocument;
  readonly base: KeyPath;
  readonly problems: Problems;
  readonly kinds: readonly string[];
}

export function valueAt(value: Json, keys: KeyPath): Json | undefined {
  let current: Json | undefined = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as { readonly [key: string]: Json | undefined })[key];
  }
  return current;
}

function keysOf(pointer: string, root: Json | undefined): KeyPath {
  const keys: (string | number)[] = [];
  let value = root;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    keys.push(Array.isArray(value) ? Number(key) : key);
    value = value === undefined ? undefined : valueAt(value, [key]);
  }
  return keys;
}

const NAME_HINT = 'lower-case letters, digits and "-"';
const PATTERN_HINTS: ReadonlyMap<string, string> = new Map([
  [SLUG, NAME_HINT],
  [COMPONENT_NAME, `${NAME_HINT}, beginning with a letter`],
  [BRANCH, 'a branch name without globs or spaces: main'],
  [NO_SPACE, 'an id without spaces: ADR-0007'],
  [SHA256, 'sha256: and 64 hexadecimal digits, as `lintel waive` writes them'],
  [DATE, 'a date: YYYY-MM-DD'],
  [TIME, 'a time in UTC: YYYY-MM-DDThh:mm:ssZ'],
  [WAIVER_ID, 'W-, then letters, digits and "-"'],
  [SOME_TEXT, 'say something'],
]);

function report(error: ErrorObject, { document, base, problems, kinds }: Complaint): void {
  const keys = [...base, ...keysOf(error.instancePath, valueAt(document.value, base))];
  const at = document.at(keys);
  const subject = describe(keys);
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params['additionalProperty']);
      const planned = keys.length === base.length ? PLANNED.get(key) : undefined;
      if (planned !== undefined) {
        problems.error(
          document.atKey([...keys, key]),
          `"${key}" is not supported yet: ${planned}`,
          'leave it out',
        );
        return;
      }
      const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
      const what = known.some(name => kinds.includes(name)) ? 'unknown key or kind' : 'unknown key';
      problems.error(document.atKey([...keys, key]), `${what} "${key}"`, spellingHint(key, known));
      return;
    }
    case 'propertyNames': {
      const key = String(error.params['propertyName']);
      problems.error(
        document.atKey([...keys, key]),
        `"${key}" can't be a name here`,
        PATTERN_HINTS.get(COMPONENT_NAME),
      );
      return;
    }
    case 'required':
      problems.error(at, `"${String(error.params['missingProperty'])}" is missing in ${subject}`);
      return;
    case 'oneOf':
    case 'anyOf':
      if (isKeyChoice(error)) reportKeys(error, at, problems, kinds);
      else if (Array.isArray(error.params['passingSchemas']))
        problems.error(at, `${subject} fits several of the shapes it may have`);
      else {
        const { expected, near } = error.params as { expected?: readonly string[]; near?: readonly string[] };
        mismatch(error, expected ?? [], near ?? []);
      }
      return;
    case 'type':
    case 'enum':
    case 'const':
      mismatch(error, expectation(error), values(error));
      return;
    case 'pattern':
      problems.error(at, `${subject} can't be ${shown(error.data)}`, PATTERN_HINTS.get(String(error.schema)));
      return;
    case 'minItems':
      problems.error(at, `${subject} needs ${String(error.schema)} or more items`);
      return;
    case 'minLength':
      problems.error(at, `${subject} must not be empty`);
      return;
    default:
      problems.error(at, `${subject} ${error.message ?? 'is not valid'}`);
  }

  function mismatch(wrong: ErrorObject, expected: readonly string[], near: readonly string[]): void {
    const one = [...new Set(expected)].join(' or ');
    const hint =
      typeof wrong.data === 'string' && near.length > 0 && nearest(wrong.data, near) !== null
        ? spellingHint(wrong.data, near)
        : Array.isArray(wrong.data) && expected.includes('a text') && document.inBrackets([...keys, 0])
          ? 'quote it, if the brackets belong to a path'
          : typeof wrong.data !== 'string' && expected.includes('a text') && !isCollection(wrong.data)
            ? `quote it: ${JSON.stringify(document.written(keys) ?? '')}`
            : null;
    problems.error(at, `${subject} must be ${one}, not ${shown(wrong.data)}`, hint);
  }
}

function reportKeys(
  error: ErrorObject,
  at: ReturnType<PolicyDocument['at']>,
  problems: Problems,
  kinds: readonly string[],
): void {
  const choice = (error.schema as readonly { readonly required: readonly string[] }[]).flatMap(
    branch => branch.required,
  );
  if (!choice.every(key => kinds.includes(key))) {
    const given = choice.filter(key => isCollection(error.data) && Object.hasOwn(error.data as object, key));
    const words = given.length === 0 ? 'one of' : 'only one of';
    problems.error(at, `${words} ${choice.map(key => `"${key}"`).join(', ')} must be given`);
    return;
  }
  const keys = isCollection(error.data) ? Object.keys(error.data as object) : [];
  const known = (error.parentSchema?.['properties'] as object | undefined) ?? {};
  const present = keys.filter(key => kinds.includes(key));
  if (present.length > 1)
    problems.error(
      at,
      `an invariant has exactly one kind, and this one has ${present.join(' and ')}`,
      'split it into one invariant for each kind',
    );
  // A misspelt kind is an unknown key, and said there.
  else if (!keys.some(key => !Object.hasOwn(known, key) && nearest(key, kinds) !== null))
    problems.error(at, 'the invariant has no kind', `add one of: ${kinds.join(', ')}`);
}

function isCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The last key that is a name, as a person would say it. */
function describe(keys: KeyPath): string {
  const last = keys.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'string') return `"${last}"`;
  const name = keys.findLast(key => typeof key === 'string');
  return name === undefined ? `item ${last + 1}` : `item ${last + 1} of "${name}"`;
}
