import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** The SQL statements that run while `work` does, in order. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const listen = (message: unknown) => {
    statements.push((message as { sql: string }).sql);
  };
  subscribe('gatehouse:db:statement', listen);
  try {
    await work();
  } finally {
    unsubscribe('gatehouse:db:statement', listen);
  }
  return statements;
}
