import { Prisma } from './client';

/**
 * The name of a table or column for a raw statement, quoted so that it can be nothing else. Names
 * come from declarations in the code, never from a request.
 * Django: django/db/backends/base/operations.py quote_name
 */
export function identifier(name: string): Prisma.Sql {
  return Prisma.raw(`"${name.replaceAll('"', '""')}"`);
}
