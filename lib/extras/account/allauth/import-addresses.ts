import type { AllauthImport } from '@/lib/contrib/auth/management/allauth-imports';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { type DbClient, db, type TransactionClient, transaction } from '@/lib/db/client';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { dropUniqueAddress, isUniqueAddress } from './address-table';

/** How many rows are read at a time. */
const AT_ONCE = 1000;

type Address = {
  readonly id: number;
  readonly email: string;
  readonly userId: number;
  readonly verified: boolean;
};
/** What would have been written, by its address in lower case. */
type Folded = Map<string, Address[]>;

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
async function unfolded(): Promise<Address[]> {
  const found: Address[] = [];
  for (let after = 0; ; ) {
    const rows = await db.emailAddress.findMany({
      where: { id: { gt: after } },
      select: { id: true, email: true, userId: true, verified: true },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    });
    found.push(...rows.filter(({ email }) => email !== foldAddress(email)));
    if (rows.length < AT_ONCE) return found;
    after = rows.at(-1)?.id ?? after;
  }
}

async function fold(tx: TransactionClient, rows: readonly Address[]): Promise<Left[]> {
  await dropUniqueAddress(tx);
  const left: Left[] = [];
  for (const { id } of rows) {
    // As it stands now: it was read outside the transaction.
    const row = await tx.emailAddress.findUnique({ where: { id } });
    const clash = row && (await clashOf(tx, row));
    if (clash) left.push(clash);
    else if (row) {
      const data = { email: foldAddress(row.email) };
      await tx.emailAddress.updateMany({ where: { id }, data });
    }
  }
  return left;
}

// What `fold` would leave, without writing: of two that stand in no lower case the first would be written.
async function clashing(rows: readonly Address[]): Promise<Left[]> {
  const left: Left[] = [];
  const folded: Folded = new Map();
  for (const row of rows) {
    const clash = await clashOf(db, row, folded);
    if (clash) {
      left.push(clash);
      continue;
    }
    const email = foldAddress(row.email);
    folded.set(email, [...(folded.get(email) ?? []), { ...row, email }]);
  }
  return left;
}

// A confirmed one is one person's, and nobody has one twice. `folded` are taken to have been written.
async function clashOf(
  client: DbClient,
  row: Address,
  folded: Folded = new Map(),
): Promise<Left | null> {
  const email = foldAddress(row.email);
  const stored = await client.emailAddress.findMany({ where: { email, id: { not: row.id } } });
  const twins = [...stored, ...(folded.get(email) ?? [])];
  const isTwin = (each: Address) => each.userId === row.userId || (row.verified && each.verified);
  const twin = twins.filter(isTwin).sort((one, other) => one.id - other.id)[0];
  return twin ? { row, twin } : null;
}

async function told(left: readonly Left[]): Promise<string[]> {
  const names = await userNames(left.flatMap(({ row, twin }) => [row.userId, twin.userId]));
  const nameOf = ({ userId }: Owned) => names.get(userId)?.username ?? `number ${userId}`;
  return left.map(({ row, twin }) => {
    const whose = row.userId === twin.userId ? 'who has' : `because ${nameOf(twin)} has confirmed`;
    return `addresses: left: ${row.email} of ${nameOf(row)}, ${whose} ${twin.email} too`;
  });
}
