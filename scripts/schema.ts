// Writes what is generated from the definitions that validate: schema/lintel.schema.json and
// templates/decision.md. `node --import tsx scripts/schema.ts`; a test asserts that both are current.
import { writeFileSync } from 'node:fs';
import { KINDS } from '../src/invariants/registry.js';
import { composeSchema, DECISION_TEMPLATE } from '../src/policy/index.js';

const write = (file: string, text: string): void =>
  writeFileSync(new URL(`../${file}`, import.meta.url), text);

write('schema/lintel.schema.json', `${JSON.stringify(composeSchema(KINDS), null, 2)}\n`);
write('templates/decision.md', DECISION_TEMPLATE);
