// Compiles the schema of decisions, configuration and waivers to the code of its validators (ajv's standalone mode):
// compiling it at every start would take a quarter of a second.
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

/**
 * The module that stands for src/policy/schema-validators.ts in the built tool.
 * @param {{ composeSchema: Function, schemaId: string, definitions: readonly string[], options: object,
 *   kinds: ReadonlyMap<string, unknown> }} source what src/policy says, and lintel's own kinds
 * @returns {string} an ES module, which requires ajv's runtime
 */
export function standaloneValidators({ composeSchema, schemaId, definitions, options, kinds }) {
  const ajv = new Ajv2020({ ...options, code: { source: true, esm: true, lines: false } });
  ajv.addSchema(composeSchema(kinds));
  const code = standalone.default(
    ajv,
    Object.fromEntries(definitions.map(name => [name, `${schemaId}#/$defs/${name}`])),
  );
  return `${code}
const compiled = { ${definitions.join(', ')} };
const kinds = ${JSON.stringify([...kinds.keys()].sort().join())};
export async function schemaValidators(registry) {
  // None: only waivers are read, which name no kinds.
  const asked = [...registry.keys()].sort().join();
  if (asked !== '' && asked !== kinds) throw new Error('lintel was built for other kinds of invariants than these');
  return definition => compiled[definition];
}
`;
}
