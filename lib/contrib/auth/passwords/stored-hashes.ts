import { setImmediate } from 'node:timers/promises';
import { getUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
import { databaseProvider, db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/**
 * Encoded passwords of one algorithm and cost, how many there are, and the first and the last of them: one may be damaged. `kind` begins
 * with the algorithm; of an algorithm that is not known here it is a question mark and its name, of
 * what is no encoding at all an exclamation mark (unusable) or nothing.
 */
export type StoredHashes = { kind: string; samples: readonly string[]; count: number };

type Found = {
  kind: string;
  low: string;
  high: string;
  count: number | bigint;
  last: number | bigint;
};

const PAGE = 5000;

/**
 * Of what algorithms and costs the passwords of the user model are, by reading the whole table once,
 * `page` rows at a time. The list is as long as there are kinds, not as there are users.
 */
export async function storedHashes(
  page = PAGE,
  { table, columns }: Pick<UserModel, 'table' | 'columns'> = getUserModel(),
): Promise<StoredHashes[]> {
  const column = (field: string) => identifier(columns[field] ?? field);
  const kinds = new Map<string, StoredHashes>();
  let last = 0;
  for (;;) {
    const found = await db.$queryRaw<Found[]>`
      SELECT kind, min(password) AS low, max(password) AS high, count(*) AS count, max(id) AS last
      FROM (SELECT id, password, ${kindOf()} AS kind
            FROM (SELECT ${column('id')} AS id, ${column('password')} AS password
                  FROM ${identifier(table)} WHERE ${column('id')} > ${last}
                  ORDER BY ${column('id')} LIMIT ${page}) AS page) AS rows_of_page
      GROUP BY kind`;
    if (found.length === 0) return [...kinds.values()];
    // SQLite answers on this thread: between two pages it is everybody else's turn.
    await setImmediate();
    last = Math.max(...found.map((row) => Number(row.last)));
    for (const { kind, low, high, count } of found) {
      const former = kinds.get(kind);
      const samples = former ? former.samples : [low, high];
      kinds.set(kind, { kind, samples, count: Number(count) + (former?.count ?? 0) });
    }
  }
}

// What goes before the salt says algorithm and cost; scrypt has its last two numbers after it. All
// texts here are constants.
function kindOf(): Prisma.Sql {
  const at = databaseProvider() === 'sqlite' ? 'instr' : 'strpos';
  const starts = (algorithm: string) =>
    `substr(password, 1, ${algorithm.length + 1}) = '${algorithm}$'`;
  const iterations = (algorithm: string) =>
    `substr(password, 1, ${algorithm.length + 1} + ${at}(substr(password, ${algorithm.length + 2}), '$'))`;
  const rounds = (algorithm: string) =>
    `substr(password, 1, ${algorithm.length + '$$2b$12'.length})`;
  return Prisma.raw(`CASE
    WHEN substr(password, 1, 1) = '!' THEN '!'
    WHEN ${starts('pbkdf2_sha256')} THEN ${iterations('pbkdf2_sha256')}
    WHEN ${starts('bcrypt_sha256')} THEN ${rounds('bcrypt_sha256')}
    WHEN ${starts('pbkdf2_sha1')} THEN ${iterations('pbkdf2_sha1')}
    WHEN ${starts('bcrypt')} THEN ${rounds('bcrypt')}
    WHEN ${starts('argon2')} THEN substr(password, 1, ${at}(password, ',p=') + 3)
    WHEN ${starts('scrypt')} THEN 'scrypt$' || substr(password, 8, ${at}(substr(password, 8), '$')) ||
      substr(password, length(password) - 92, 5)
    WHEN ${starts('md5')} THEN 'md5$'
    WHEN ${at}(password, '$') > 0 THEN '?' || substr(password, 1, ${at}(password, '$') - 1)
    ELSE '' END`);
}
