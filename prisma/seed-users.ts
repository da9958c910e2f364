import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import {
  userColumn,
  userGroupsTable,
  usernameColumn,
  userTable,
} from '@/lib/contrib/auth/users/user-table';
import { databaseProvider, Prisma, transaction } from '@/lib/db/client';

const CHUNK = 20_000;
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
 * Make `user000001` to `user<count>` where they are missing, all with one password hash, in turn in
 * the groups of `groupIds`. The rows are made inside the database, so that a million take a minute.
 * Returns how many are new.
 */
export async function seedUsers(
  count: number,
  password: string,
  groupIds: readonly number[],
): Promise<number> {
  const now = Date.now();
  let added = 0;
  for (let first = 1; first <= count; first += CHUNK) {
    const last = Math.min(count, first + CHUNK - 1);
    added += await insertUsers(numberedUsers({ first, last, now, password }), groupIds);
  }
  return added;
}

async function insertUsers(rows: Prisma.Sql, groupIds: readonly number[]): Promise<number> {
  return transaction(async (tx) => {
    const id = userColumn('id');
    const [last] = await tx.$queryRaw<{ id: number | bigint | null }[]>`
      SELECT max(${id}) AS id FROM ${userTable()}`;
    const added = await tx.$executeRaw`${rows}`;
    const { table, user } = userGroupsTable();
    if (!getUserModel().groups) return added;
    for (const [index, groupId] of groupIds.entries()) {
      await tx.$executeRaw`
        INSERT INTO ${table} (${user}, group_id) SELECT ${id}, ${groupId} FROM ${userTable()}
        WHERE ${id} > ${Number(last?.id ?? 0)} AND ${id} % ${groupIds.length} = ${index}`;
    }
    return added;
  });
}

type Numbers = { first: number; last: number; now: number; password: string };

// The same number makes the same person: a second run on another machine agrees with the first.
function numberedUsers({ first, last, now, password }: Numbers): Prisma.Sql {
  const ago = (milliseconds: string) => momentBefore(now, Prisma.raw(milliseconds));
  const { USERNAME_FIELD, EMAIL_FIELD } = getUserModel();
  const address = Prisma.sql`people.username || '@example.com'`;
  const name = USERNAME_FIELD === EMAIL_FIELD ? address : Prisma.sql`people.username`;
  const given = {
    firstName: Prisma.sql`(SELECT name FROM first_names WHERE at = number % ${FIRST_NAMES.length})`,
    lastName: Prisma.sql`(SELECT name FROM last_names WHERE at = number * 7 % ${LAST_NAMES.length})`,
    password: Prisma.sql`${password}`,
    isSuperuser: Prisma.sql`false`,
    isStaff: Prisma.sql`number % 1000 = 0`,
    isActive: Prisma.sql`number % 50 <> 0`,
    lastLogin: Prisma.sql`CASE WHEN number % 3 = 0 THEN ${ago(`number % 60 * ${DAY}.0 + number`)} END`,
    dateJoined: ago(`(60 + number % 1000) * ${DAY}.0 + number * 37.0`),
    [EMAIL_FIELD]: address,
    [USERNAME_FIELD]: name,
  };
  const fields = { ...defaults(), ...given };
  const known = Object.entries(fields).filter(([field]) => field in getUserModel().columns);
  const columns = Prisma.join(known.map(([field]) => userColumn(field)));
  return Prisma.sql`
    INSERT INTO ${userTable()} (${columns})
    WITH RECURSIVE numbers (number) AS (
      SELECT CAST(${first} AS integer) UNION ALL
      SELECT number + 1 FROM numbers WHERE number < ${last}),
    people (number, username) AS (
      SELECT number, 'user' || substr('000000', length(CAST(number AS text)) + 1) || number
      FROM numbers),
    first_names (at, name) AS (VALUES ${numbered(FIRST_NAMES)}),
    last_names (at, name) AS (VALUES ${numbered(LAST_NAMES)})
    SELECT ${Prisma.join(known.map(([, value]) => value))} FROM people
    WHERE NOT EXISTS (SELECT 1 FROM ${userTable()} u WHERE ${usernameColumn('u')} = ${name})
    ORDER BY number`;
}

// What a model of one's own has besides, as `newRow` gives it. Typed, or PostgreSQL takes it for text.
function defaults(): Record<string, Prisma.Sql> {
  const { fields, newRow } = getUserModel();
  const types = {
    id: 'integer',
    integer: 'integer',
    text: 'text',
    boolean: 'boolean',
    datetime: 'timestamp',
  };
  const values = Object.entries(newRow()).map(([name, value]) => {
    const type = Prisma.raw(types[fields[name]?.kind ?? 'text']);
    return [name, Prisma.sql`CAST(${value} AS ${type})`] as const;
  });
  return Object.fromEntries(values);
}

function numbered(names: readonly string[]): Prisma.Sql {
  return Prisma.join(names.map((name, index) => Prisma.sql`(${Prisma.raw(`${index}`)}, ${name})`));
}

function momentBefore(now: number, milliseconds: Prisma.Sql): Prisma.Sql {
  const seconds = Prisma.sql`((${now} - (${milliseconds})) / 1000.0)`;
  return databaseProvider() === 'sqlite'
    ? Prisma.sql`strftime('%Y-%m-%d %H:%M:%f000', ${seconds}, 'unixepoch')`
    : Prisma.sql`to_timestamp(${seconds})`;
}
