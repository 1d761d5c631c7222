import type { ValidateFunction } from 'ajv/dist/2020.js';
import { composeSchema, type Registry, SCHEMA_ID } from './schema.js';

/** The parts of the schema that a file, or a part of one, is held to. */
export const DEFINITIONS = ['enforced', 'config', 'waiver'] as const;
export type Definition = (typeof DEFINITIONS)[number];

/** `verbose`: what is told of a mistake is read from the schema around it. */
export const AJV_OPTIONS = { allErrors: true, verbose: true, strict: false } as const;

/**
 * Validating functions of a registry's schema. Compiling them takes a quarter of a second: the build
 * (scripts/standalone-schema.mjs) puts those of lintel's own kinds in the place of this file.
 */
export async function schemaValidators(
  registry: Registry,
): Promise<(definition: Definition) => ValidateFunction> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020(AJV_OPTIONS);
  ajv.addSchema(composeSchema(registry));
  return definition => {
    const validate = ajv.getSchema(`${SCHEMA_ID}#/$defs/${definition}`);
    if (validate === undefined) throw new Error(`the schema has no definition called ${definition}`);
    return validate;
  };
}
