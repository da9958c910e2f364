import type { AdminUser, FieldErrors, Values } from '@/lib/contrib/admin/options';
import { formName, getUserModel } from '@/lib/contrib/auth/users/user-model';
import {
  emailColumn,
  userColumn,
  usernameColumn,
  userTable,
} from '@/lib/contrib/auth/users/user-table';
import { foldCase } from '@/lib/core/fold-case';
import { Prisma, type TransactionClient } from '@/lib/db/client';
import { identityRefusals, type Touched } from './identity';
import { isOmnipotent } from './omnipotent';
import type { Account } from './superusers';
import { addressTaken } from './words';

/** What somebody is known by: the fields of the name and the address, once where they are one. */
function nameFields(): { field: string; of: 'username' | 'email' }[] {
  const { USERNAME_FIELD, EMAIL_FIELD } = getUserModel();
  const name = { field: USERNAME_FIELD, of: 'username' as const };
  const email = { field: EMAIL_FIELD, of: 'email' as const };
  return USERNAME_FIELD === EMAIL_FIELD ? [email] : [name, email];
}

/**
 * The fields of a change, by their names in TypeScript, that touch who somebody is or whether they
 * may come in: name, address, waking or putting to sleep, and staff status where it is given, which
 * wakes in the admin all that they hold. `before` is the row as it was.
 */
export function identityFields(before: object, next: Values): string[] {
  const fields = nameFields()
    .filter(({ field, of }) => field in next && next[field] !== formerValue(before, field, of))
    .map(({ field }) => field);
  if ('isActive' in next && next['isActive'] !== Reflect.get(before, 'isActive')) {
    fields.push('isActive');
  }
  if (next['isStaff'] === true && Reflect.get(before, 'isStaff') !== true) fields.push('isStaff');
  return fields;
}

/** What `identityRefusals` has against a change of somebody's account, at the fields that touch it. */
export async function identityErrors(
  tx: TransactionClient,
  actor: AdminUser,
  account: Account,
  next: Values,
): Promise<FieldErrors> {
  const touched = identityFields(account, next);
  if (touched.length === 0) return {};
  const asked = { client: tx, act: 'changes' as const };
  const refusal = (await identityRefusals(actor, [account], asked)).get(account.id);
  if (refusal === undefined) return {};
  return Object.fromEntries(touched.map((field) => [formName(field), [refusal]]));
}

// An account has its name and its address under these names; a row under those of its fields.
function formerValue(before: object, field: string, of: string): unknown {
  return Reflect.get(before, field in before ? field : of);
}

type Asked = {
  /** Every superuser, and whoever is changed. */
  accounts: ReadonlyMap<number, Account>;
  account: Account | null;
  next: Values;
};

/**
 * Refuses an address, or a name that looks like one, by which somebody else signs in whom the actor
 * may not touch; nobody, superusers included, is given that of another superuser. An address that
 * two accounts have signs in neither, and tries at both would be counted as one.
 */
export async function addressErrors(
  tx: TransactionClient,
  actor: AdminUser,
  { accounts, account, next }: Asked,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  for (const { field, of } of nameFields()) {
    const wanted = next[field];
    if (typeof wanted !== 'string' || !wanted.includes('@') || wanted === account?.[of]) continue;
    const owner = await protectedOwner(tx, actor, {
      wanted,
      ownId: account?.id ?? null,
      superusers: [...accounts.values()].filter(({ isSuperuser }) => isSuperuser),
    });
    if (owner) errors[formName(field)] = [addressTaken(owner.username, owner.isSuperuser)];
  }
  return errors;
}

async function protectedOwner(
  tx: TransactionClient,
  actor: AdminUser,
  asked: { wanted: string; ownId: number | null; superusers: readonly Account[] },
): Promise<Touched | null> {
  const { wanted, ownId, superusers } = asked;
  const folded = foldCase(wanted);
  const isSame = ({ id, email, username }: Account) =>
    id !== ownId && [email, username].some((name) => foldCase(name) === folded);
  const superuser = superusers.find(isSame);
  if (superuser) return superuser;
  if (isOmnipotent(actor)) return null;
  const owners = await ownersOf(tx, wanted, ownId);
  const refusals = await identityRefusals(actor, owners, { client: tx, act: 'changes' });
  return owners.find(({ id }) => refusals.has(id)) ?? null;
}

// Two foldings, because each database knows other letters; the tests of superusers know them all.
async function ownersOf(
  tx: TransactionClient,
  wanted: string,
  ownId: number | null,
): Promise<Touched[]> {
  const [id, email] = [userColumn('id'), emailColumn()];
  const rows = await tx.$queryRaw<{ id: number | bigint; username: string }[]>`
    SELECT ${id} AS id, ${usernameColumn()} AS username FROM ${userTable()}
    WHERE (lower(${email}) = lower(CAST(${wanted} AS text)) OR upper(${email}) = upper(CAST(${wanted} AS text)))
      AND ${userColumn('isSuperuser')} = ${false}
      AND ${ownId === null ? Prisma.sql`TRUE` : Prisma.sql`${id} <> ${ownId}`}
    ORDER BY ${id}`;
  return rows.map(({ id, username }) => ({ id: Number(id), username, isSuperuser: false }));
}
