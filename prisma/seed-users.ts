import { db, Prisma, transaction } from '@/lib/db/client';

const CHUNK = 2_000;
const DAY = 86_400_000;

const FIRST_NAMES = [
  'Amina',
  'Björn',
  'Chiara',
  'Dmitri',
  'Eun-ji',
  'Farid',
  'Greta',
  'Hiro',
  'Inês',
  'Jonas',
  'Kwame',
  'Lucía',
  'Mehmet',
  'Nadia',
  'Olu',
  'Priya',
  'Quentin',
  'Rosa',
  'Sven',
  'Thandi',
];
const LAST_NAMES = [
  'Abe',
  'Bauer',
  'Castro',
  'Diallo',
  'Eriksen',
  'Fontaine',
  'García',
  'Haddad',
  'Ivanov',
  'Jensen',
  'Kowalski',
  'Lindqvist',
  'Moreau',
  'Nguyen',
  'Okafor',
  'Petrov',
  'Rossi',
  'Silva',
  'Tanaka',
  'Ueda',
  'Vargas',
  'Weber',
  'Yılmaz',
];

/**
 * Make `user000001` to `user<count>` where they are missing, all with one password hash, so that a
 * hundred thousand take seconds, in turn in the groups of `groupIds`. Returns how many are new.
 */
export async function seedUsers(
  count: number,
  password: string,
  groupIds: readonly number[],
): Promise<number> {
  const existing = new Set(
    (
      await db.user.findMany({
        where: { username: { startsWith: 'user' } },
        select: { username: true },
      })
    ).map((user) => user.username),
  );
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter(
    (number) => !existing.has(usernameOf(number)),
  );
  const now = Date.now();
  for (let start = 0; start < missing.length; start += CHUNK) {
    const rows = missing.slice(start, start + CHUNK).map((number) => userRow(number, now));
    await insertUsers(rows, password, groupIds);
  }
  return missing.length;
}

type UserRow = ReturnType<typeof userRow>;

// createMany and one statement per membership would take a minute for a hundred thousand.
async function insertUsers(rows: UserRow[], password: string, groupIds: readonly number[]) {
  const values = rows.map(
    (row) =>
      Prisma.sql`(${password}, ${row.lastLogin}, false, ${row.username}, ${row.firstName}, ${row.lastName}, ${row.email}, ${row.isStaff}, ${row.isActive}, ${row.dateJoined})`,
  );
  const first = rows.at(0)?.username ?? '';
  const last = rows.at(-1)?.username ?? '';
  await transaction(async (tx) => {
    const { _max } = await tx.user.aggregate({ _max: { id: true } });
    await tx.$executeRaw`
      INSERT INTO auth_user (password, last_login, is_superuser, username, first_name, last_name,
        email, is_staff, is_active, date_joined) VALUES ${Prisma.join(values)}`;
    for (const [index, groupId] of groupIds.entries()) {
      await tx.$executeRaw`
        INSERT INTO auth_user_groups (user_id, group_id) SELECT id, ${groupId} FROM auth_user
        WHERE id > ${_max.id ?? 0} AND username BETWEEN ${first} AND ${last}
        AND id % ${groupIds.length} = ${index}`;
    }
  });
}

function usernameOf(number: number): string {
  return `user${String(number).padStart(6, '0')}`;
}

// The same number makes the same person: a second run on another machine agrees with the first.
function userRow(number: number, now: number) {
  const username = usernameOf(number);
  return {
    username,
    firstName: pick(FIRST_NAMES, number),
    lastName: pick(LAST_NAMES, number * 7),
    email: `${username}@example.com`,
    isActive: number % 50 !== 0,
    isStaff: number % 1000 === 0,
    lastLogin: number % 3 === 0 ? new Date(now - (number % 60) * DAY - number) : null,
    dateJoined: new Date(now - 60 * DAY - (number % 1000) * DAY - number * 37),
  };
}

function pick<T>(values: readonly T[], number: number): T {
  const value = values[number % values.length];
  if (value === undefined) throw new RangeError('There is nothing to pick from.');
  return value;
}
