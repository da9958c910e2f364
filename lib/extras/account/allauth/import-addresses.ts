import type { AllauthImport } from '@/lib/contrib/auth/management/allauth-imports';
import { type DbClient, db, type TransactionClient, transaction } from '@/lib/db/client';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { dropUniqueAddress, isUniqueAddress } from './address-table';

/** How many rows are read at a time. */
const AT_ONCE = 1000;

type Row = { readonly id: number; readonly email: string };

/**
 * Bring the addresses of a Django site with allauth to where its later versions have them, which its own
 * migrations do too: in lower case, and added by whoever likes, of whom one can confirm it. What somebody
 * has twice, but for upper and lower case, is left and told. Where nothing is to be done they are counted.
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
    ...left.map(({ email }) => `addresses: left, there is another of its spelling: ${email}`),
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

async function fold(tx: TransactionClient, rows: readonly Row[]): Promise<Row[]> {
  await dropUniqueAddress(tx);
  const left: Row[] = [];
  for (const row of rows) {
    if (await hasTwin(tx, row)) left.push(row);
    else {
      await tx.emailAddress.update({
        where: { id: row.id },
        data: { email: foldAddress(row.email) },
      });
    }
  }
  return left;
}

async function clashing(rows: readonly Row[]): Promise<Row[]> {
  const left: Row[] = [];
  for (const row of rows) if (await hasTwin(db, row)) left.push(row);
  return left;
}

// A confirmed one is one person's, and nobody has one twice.
async function hasTwin(client: DbClient, { id, email }: Row): Promise<boolean> {
  const row = await client.emailAddress.findUnique({ where: { id } });
  if (!row) return true;
  const twins = { email: foldAddress(email), id: { not: id } };
  const own = { ...twins, userId: row.userId };
  const where = row.verified ? { OR: [own, { ...twins, verified: true }] } : own;
  return (await client.emailAddress.count({ where })) > 0;
}
