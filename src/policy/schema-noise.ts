import type { ErrorObject } from 'ajv/dist/2020.js';
import { nearest } from './spelling.js';

const SHAPE: ReadonlySet<string> = new Set(['type', 'const', 'enum']);
const CHOICE: ReadonlySet<string> = new Set(['anyOf', 'oneOf']);

/** A choice of keys (`oneOf: [{ required: [a] }, …]`): an invariant's kinds, or options of which one must be there. */
export function isKeyChoice(error: ErrorObject): boolean {
  return CHOICE.has(error.keyword) && Array.isArray(error.schema) && error.schema.every(isRequirement);
}

function isBareRequirement(error: ErrorObject): boolean {
  return isRequirement(error.parentSchema);
}

function isRequirement(branch: unknown): boolean {
  return typeof branch === 'object' && branch !== null && Object.keys(branch).join() === 'required';
}

/**
 * ajv reports every branch of a choice. Kept is what is wrong inside the branch that was meant; where no branch
 * fits the value's type, the choice alone, with the shapes that it would take.
 */
export function withoutNoise(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const dropped = new Set<ErrorObject>(
    errors.filter(
      error =>
        (error.keyword === 'required' &&
          /\/(?:oneOf|anyOf)\/\d+\/required$/.test(error.schemaPath) &&
          isBareRequirement(error)) ||
        // Said by propertyNames, with the name.
        error.propertyName !== undefined,
    ),
  );
  for (const choice of errors.filter(error => CHOICE.has(error.keyword) && !isKeyChoice(error))) {
    const inside = errors.filter(
      error =>
        error !== choice &&
        !dropped.has(error) &&
        !CHOICE.has(error.keyword) &&
        (error.instancePath === choice.instancePath ||
          error.instancePath.startsWith(`${choice.instancePath}/`)),
    );
    const shape = inside.filter(
      error => error.instancePath === choice.instancePath && SHAPE.has(error.keyword),
    );
    for (const error of shape) dropped.add(error);
    if (inside.length > shape.length) dropped.add(choice);
    else Object.assign(choice.params, { expected: shape.flatMap(expectation), near: shape.flatMap(values) });
  }
  for (const error of errors)
    if (error.keyword === 'required' && isMisspelt(error, errors)) dropped.add(error);
  return errors.filter(error => !dropped.has(error));
}

/** The missing key is there, misspelt: said once. */
function isMisspelt(missing: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return errors.some(
    error =>
      error.keyword === 'additionalProperties' &&
      error.instancePath === missing.instancePath &&
      nearest(String(error.params['additionalProperty']), [String(missing.params['missingProperty'])]) !==
        null,
  );
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a map',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

export function expectation(error: ErrorObject): readonly string[] {
  if (error.keyword === 'type') {
    const types: readonly unknown[] = Array.isArray(error.schema) ? error.schema : [error.schema];
    return types.map(type => TYPE_WORDS[String(type)] ?? String(type));
  }
  const allowed: readonly unknown[] = error.keyword === 'const' ? [error.schema] : values(error);
  return allowed.map(value => JSON.stringify(value));
}

export function values(error: ErrorObject): readonly string[] {
  if (error.keyword === 'const') return [String(error.schema)];
  return error.keyword === 'enum' && Array.isArray(error.schema) ? error.schema.map(String) : [];
}
