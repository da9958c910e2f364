import type { Viewer } from '@/lib/apps/define-config';
import type {
  AskedChange,
  FieldErrors,
  Touched,
} from '@/lib/contrib/auth/permissions/account-rules';
import type { Account } from '@/lib/contrib/auth/users/accounts';
import { identityFields, nameFields } from '@/lib/contrib/auth/users/identity-fields';
import { formName } from '@/lib/contrib/auth/users/user-model';
import {
  emailColumn,
  userColumn,
  usernameColumn,
  userTable,
} from '@/lib/contrib/auth/users/user-table';
import { foldCase } from '@/lib/core/fold-case';
import { Prisma, type TransactionClient } from '@/lib/db/client';
import { identityRefusals } from './identity';
import { isOmnipotent } from './omnipotent';
import { addressTaken } from './words';

/** What `identityRefusals` has against a change of somebody's account, at the fields that touch it. */
export async function identityErrors(
  tx: TransactionClient,
  actor: Viewer,
  account: Account,
  next: AskedChange['next'],
): Promise<FieldErrors> {
  const touched = identityFields(account, next);
  if (touched.length === 0) return {};
  const asked = { client: tx, act: 'changes' as const };
  const refusal = (await identityRefusals(actor, [account], asked)).get(account.id);
  if (refusal === undefined) return {};
  return Object.fromEntries(touched.map((field) => [formName(field), [refusal]]));
}

type Asked = {
  /** Every superuser, and whoever is changed. */
  accounts: ReadonlyMap<number, Account>;
  account: Account | null;
  next: AskedChange['next'];
};

/**
 * Refuses an address, or a name that looks like one, by which somebody else signs in whom the actor
 * may not touch; nobody, superusers included, is given that of another superuser. An address that
 * two accounts have signs in neither, and tries at both would be counted as one.
 */
export async function addressErrors(
  tx: TransactionClient,
  actor: Viewer,
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
  actor: Viewer,
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
