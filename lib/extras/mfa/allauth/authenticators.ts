import { z } from 'zod';
import { tableColumns } from '@/lib/db/catalogue/table-columns';
import { db } from '@/lib/db/client';

const TABLE = 'mfa_authenticator';

/** A row of allauth's table of factors. `data` is what its kind keeps there. */
export type AllauthFactor = {
  readonly id: bigint;
  readonly userId: number;
  readonly type: string;
  readonly data: unknown;
  readonly created: Date;
  readonly lastUsed: Date | null;
};

const row = z.object({
  id: z.coerce.bigint(),
  userId: z.coerce.number().int(),
  type: z.string(),
  data: z.string(),
  created: z.coerce.date(),
  lastUsed: z.coerce.date().nullable(),
});

/**
 * All factors that a Django site with allauth keeps in this database, by id; null where it has no such
 * table.
 * allauth: mfa/models.py Authenticator
 */
export async function allauthFactors(): Promise<AllauthFactor[] | null> {
  if (!(await tableColumns(TABLE))?.length) return null;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT CAST(id AS text) AS id, user_id AS "userId", type, CAST(data AS text) AS data,
      created_at AS created, last_used_at AS "lastUsed"
    FROM mfa_authenticator ORDER BY mfa_authenticator.id`;
  return rows.map((each) => {
    const { data, ...read } = row.parse(each);
    return { ...read, data: jsonOf(data) };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
