/** What src/policy says of its schema, and lintel's own kinds. */
export function standaloneValidators(source: {
  readonly composeSchema: (kinds: never) => object;
  readonly schemaId: string;
  readonly definitions: readonly string[];
  readonly options: object;
  readonly kinds: ReadonlyMap<string, unknown>;
}): string;
