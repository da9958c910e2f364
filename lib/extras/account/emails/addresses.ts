import type { User } from '@/lib/contrib/auth/models';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { isSameAddress, usersByEmail } from '@/lib/contrib/auth/users/user-rows';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';

/** An address of somebody; `id` is null for one that the user's row has and this table has not yet. */
export type Address = {
  readonly id: number | null;
  readonly email: string;
  readonly verified: boolean;
  readonly primary: boolean;
};

/** Addresses of one person at most: each one added is a mail and a row. */
export const MAX_ADDRESSES = 10;

/**
 * An address as this table has it: in lower case, whole.
 * allauth: account/models.py EmailAddress.clean, migration 0006
 */
export function foldAddress(email: string): string {
  return email.toLowerCase();
}

/** The address that an account has, if it has one, as this table has it. */
export function primaryOf({ email }: Pick<User, 'email'>): string {
  return foldAddress(email);
}

/**
 * The addresses of a person, the primary one first, then by name. The primary one is what the user's
 * row says, whether this table knows of it or not.
 * allauth: account/utils.py sync_user_email_address
 */
export async function addressesOf(
  user: Pick<User, 'id' | 'email'>,
  client: DbClient = db,
): Promise<Address[]> {
  const own = primaryOf(user);
  const rows = await client.emailAddress.findMany({
    where: { userId: user.id },
    select: { id: true, email: true, verified: true },
    orderBy: { email: 'asc' },
  });
  const known = rows.map((row) => ({ ...row, primary: row.email === own }));
  const missing = own !== '' && !known.some(({ primary }) => primary);
  const first = { id: null, email: own, verified: false, primary: true };
  return [...(missing ? [first] : known.filter((each) => each.primary))].concat(
    known.filter((each) => !each.primary),
  );
}

/** Whether the address that an account has is confirmed. */
export async function isVerified(
  user: Pick<User, 'id' | 'email'>,
  client: DbClient = db,
): Promise<boolean> {
  const where = { userId: user.id, email: primaryOf(user), verified: true };
  return (await client.emailAddress.count({ where })) > 0;
}

/**
 * Make the table say what the user's row says: its address is the primary one, and the only one. A row
 * that is missing is made, unconfirmed.
 * allauth: account/utils.py sync_user_email_address, EmailAddress.set_as_primary
 */
export async function syncPrimary(
  tx: TransactionClient,
  user: Pick<User, 'id' | 'email'>,
): Promise<void> {
  const { id: userId } = user;
  const email = primaryOf(user);
  await tx.emailAddress.updateMany({
    where: { userId, primary: true, email: { not: email } },
    data: { primary: false },
  });
  if (email === '') return;
  const { count } = await tx.emailAddress.updateMany({
    where: { userId, email },
    data: { primary: true },
  });
  if (count > 0) return;
  await tx.emailAddress.create({ data: { userId, email, verified: false, primary: true } });
}

/**
 * Everybody to whom an address belongs: it is the one of their account, or one that they have
 * confirmed. By id; inactive ones too.
 */
export async function ownersOf(email: string, client: DbClient = db): Promise<User[]> {
  const model = getUserModel();
  const owners = new Map((await usersByEmail(model, email, client)).map((user) => [user.id, user]));
  const rows = await client.emailAddress.findMany({
    where: { email: foldAddress(email), verified: true },
    select: { userId: true },
  });
  for (const { userId } of rows) {
    if (owners.has(userId)) continue;
    const user = await findUser(model, 'id', userId, client);
    if (user) owners.set(userId, user);
  }
  return [...owners.values()].sort((one, other) => one.id - other.id);
}

/**
 * Where a mail to an owner of a typed address goes: to the address as it is stored, where the typed one
 * only looks like it after folding, which is another mailbox.
 * Django: PasswordResetForm.save, CVE-2019-19844
 */
export function mailboxOf({ email: stored }: Pick<User, 'email'>, typed: string): string {
  return isSameAddress(stored, typed) ? stored : typed;
}

/** Whether an address belongs to somebody else than this person. */
export async function isTakenByOthers(
  email: string,
  userId: number | null,
  client: DbClient = db,
): Promise<boolean> {
  return (await ownersOf(email, client)).some(({ id }) => id !== userId);
}
