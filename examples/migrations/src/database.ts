/** What the migrator needs of a database; a driver stands behind it. */
export interface Database {
  applied(): Promise<string[]>;
  /** Runs the statements and records the id, in one transaction. */
  apply(id: string, sql: string): Promise<void>;
}
