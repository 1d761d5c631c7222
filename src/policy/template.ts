/** The text that a new decision begins with; also templates/decision.md, by scripts/schema.ts. */
export const DECISION_TEMPLATE = `---
id: {{id}}
title: {{title}}
status: proposed
date: {{date}}
invariants: []
# An invariant is one rule that lintel enforces once the decision is accepted:
#
#  - id: ui-off-the-database
#    forbid-import: { from: "src/ui/**", to: ["src/db/**", "npm:pg"] }
#    because: Queries in the UI can be neither authorised nor cached.
#    instead: Call src/api/client.
---
# {{title}}

## Context

What forces the decision: the problem, the constraints, what was tried.

## Decision

What is done from now on, in one or two sentences.

## Consequences

What becomes easier, what becomes harder, and what follows from it.
`;

/**
 * Fills the template. The title is quoted in the front matter where YAML needs it.
 * @param date `YYYY-MM-DD`
 */
export function renderNewDecision(decision: {
  readonly id: string;
  readonly title: string;
  readonly date: string;
}): string {
  const title = decision.title.replace(/\s+/g, ' ').trim();
  const plain = /^[A-Za-z][\w ,.()/'-]*$/.test(title) && !/^(?:true|false|null|yes|no|on|off)$/i.test(title);
  return DECISION_TEMPLATE.replace('{{id}}', () => decision.id)
    .replace('{{title}}', () => (plain ? title : JSON.stringify(title)))
    .replace('{{date}}', () => decision.date)
    .replace('# {{title}}', () => `# ${title}`);
}
