import type { AllauthImport } from '@/lib/contrib/auth/management/allauth-imports';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { type DbClient, db, type TransactionClient, transaction } from '@/lib/db/client';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { dropUniqueAddress, isUniqueAddress } from './address-table';

/** How many rows are read at a time. */
const AT_ONCE = 1000;

type Row = { readonly id: number; readonly email: string };

/** One that stays as it is written, and the one that has its spelling. */
type Left = { readonly row: Owned; readonly twin: Owned };
type Owned = { readonly email: string; readonly userId: number };

/**
 * Bring the addresses of a Django site with allauth to where its later versions have them, which its own
 * migrations do too: in lower case, and added by whoever likes, of whom one can confirm it. What two people
 * have confirmed, or somebody has twice, but for upper and lower case, is left and told with their names.
 * Where nothing is to be done they are counted.
 * allauth: account/migrations/0004 and 0006_emailaddress_lower
 */
export const importAddresses: AllauthImport = async ({ isDryRun }) => {
  const total = await db.emailAddress.count();
  if (total === 0) return [];
  const isUnique = await isUniqueAddress(db);
  const rows = await unfolded();
  const left = isDryRun ? await clashing(rows) : await transaction((tx) => fold(tx, rows));
  const written = rows.length - left.length;
  return [
    `addresses: in use: ${total}`,
    ...(written > 0 ? [`addresses: written in lower case: ${written}`] : []),
    ...(await told(left)),
    ...(isUnique ? ['addresses: an address that nobody has confirmed may be added by others'] : []),
  ];
};

// Those that a lookup here would not find.
async function unfolded(): Promise<Row[]> {
  const found: Row[] = [];
  for (let after = 0; ; ) {
    const rows = await db.emailAddress.findMany({
      where: { id: { gt: after } },
      select: { id: true, email: true },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    });
    found.push(...rows.filter(({ email }) => email !== foldAddress(email)));
    if (rows.length < AT_ONCE) return found;
    after = rows.at(-1)?.id ?? after;
  }
}

async function fold(tx: TransactionClient, rows: readonly Row[]): Promise<Left[]> {
  await dropUniqueAddress(tx);
  const left: Left[] = [];
  for (const { id, email } of rows) {
    const clash = await clashOf(tx, id);
    if (clash) left.push(clash);
    else await tx.emailAddress.updateMany({ where: { id }, data: { email: foldAddress(email) } });
  }
  return left;
}

async function clashing(rows: readonly Row[]): Promise<Left[]> {
  const found: (Left | null)[] = [];
  for (const { id } of rows) found.push(await clashOf(db, id));
  return found.filter((each) => each !== null);
}

// A confirmed one is one person's, and nobody has one twice.
async function clashOf(client: DbClient, id: number): Promise<Left | null> {
  const row = await client.emailAddress.findUnique({ where: { id } });
  if (!row) return null;
  const twins = { email: foldAddress(row.email), id: { not: id } };
  const own = { ...twins, userId: row.userId };
  const where = row.verified ? { OR: [own, { ...twins, verified: true }] } : own;
  const twin = await client.emailAddress.findFirst({ where, orderBy: { id: 'asc' } });
  return twin && { row, twin };
}

async function told(left: readonly Left[]): Promise<string[]> {
  const names = await userNames(left.flatMap(({ row, twin }) => [row.userId, twin.userId]));
  const nameOf = ({ userId }: Owned) => names.get(userId)?.username ?? `number ${userId}`;
  return left.map(({ row, twin }) => {
    const whose = row.userId === twin.userId ? 'who has' : `because ${nameOf(twin)} has confirmed`;
    return `addresses: left: ${row.email} of ${nameOf(row)}, ${whose} ${twin.email} too`;
  });
}
