import type { Viewer } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';
import { type Account, lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';
import { loadCatalogue } from './permission-catalogue';

/** As much of a permission as a rule about giving it needs: `perm` is `app.codename`. */
export type GivenPermission = { id: number; perm: string };

/** As much of somebody as a rule about their account has to know. */
export type Touched = {
  readonly id: number;
  readonly username: string;
  readonly isSuperuser: boolean;
};

/** What is done to somebody's account, as a sentence says it: "Only a superuser changes …". */
export type TouchingAct =
  | 'changes'
  | 'deletes'
  | 'sets the password of'
  | 'resets the second factors of'
  | 'ends a session of'
  | 'ends a token of'
  | 'lifts a wait of';

/** Errors by field name in forms; those of the form as a whole under `''`. */
export type FieldErrors = Record<string, string[]>;

type GivenGroup = { id: number; name: string; permissions: readonly GivenPermission[] };

/** Permissions and groups by id, for a page that has read them already. */
export type Lookup = {
  permissions(ids: readonly number[]): Promise<GivenPermission[]>;
  groups(ids: readonly number[]): Promise<GivenGroup[]>;
};

/** A change of a user, and what was read for it once nobody else could change it any more. */
export type AskedChange = {
  /** Of `lockAccounts`, whoever is changed among them. */
  accounts: ReadonlyMap<number, Account>;
  /**
   * Null for a new one. Of it the id counts, and `groups` and `userPermissions`, ids, if it has them;
   * without them they are read. The rest is in `accounts`.
   */
  before: {
    readonly id: number;
    readonly groups?: unknown;
    readonly userPermissions?: unknown;
  } | null;
  /**
   * New values by field name in TypeScript, `groups` and `userPermissions` as ids; what it leaves out
   * stays.
   */
  next: Record<string, unknown>;
  /** What is known of permissions and groups by id; without it they are read. */
  lookup?: Lookup;
};

/** Permissions that a group would be given. */
type GroupGrant = { groupId: number; given: readonly GivenPermission[] };

/** Rules about who may do what to whose account, and give what to whom. Each answers in sentences. */
export type AccountRules = {
  identityRefusals(
    actor: Viewer,
    people: readonly Touched[],
    asked: { client: DbClient; act: TouchingAct },
  ): Promise<ReadonlyMap<number, string>>;
  userChangeErrors(tx: TransactionClient, actor: Viewer, asked: AskedChange): Promise<FieldErrors>;
  groupGrantErrors(
    tx: TransactionClient,
    actor: Viewer,
    grants: readonly GroupGrant[],
  ): Promise<ReadonlyMap<number, FieldErrors>>;
  notGrantable(
    actor: Viewer,
    permissions: readonly GivenPermission[],
    client: DbClient,
  ): Promise<readonly GivenPermission[]>;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Rules about who may do what to whose account. What one refuses, no other allows. */
    readonly accountRules?: readonly AccountRules[];
  }
}

/**
 * Why somebody may not touch what these people are known by or signed in with: by id, a sentence;
 * whoever is missing in it may be touched. It is asked wherever a password, an email address or a
 * username of another is set, an account is woken or put to sleep, sessions are ended or waits are
 * lifted: whoever can do that can be that person.
 * Django: no counterpart; whoever may change users there sets any password
 */
export async function identityRefusals(
  actor: Viewer,
  people: readonly Touched[],
  asked: { client: DbClient; act: TouchingAct },
): Promise<Map<number, string>> {
  const refusals = new Map<number, string>();
  for (const rules of brought('accountRules')) {
    const refused = await rules.identityRefusals(actor, people, asked);
    for (const [id, text] of refused) refusals.set(id, refusals.get(id) ?? text);
  }
  return refusals;
}

/**
 * Why somebody may not set another's password; null if they may. Nobody sets their own here: that
 * takes the old one.
 */
export async function passwordRefusal(
  actor: Viewer,
  target: Touched,
  client: DbClient = db,
): Promise<string | null> {
  if (target.id === actor.id) return NOT_OWN_PASSWORD;
  const asked = { client, act: 'sets the password of' as const };
  return (await identityRefusals(actor, [target], asked)).get(target.id) ?? null;
}

const NOT_OWN_PASSWORD =
  'Your own password is changed at /accounts/password_change/, which asks for the old one.';

/**
 * What the rules have against a change of a user: errors by field name in forms, none if it may be
 * made. `before` is the row, null for a new one. Where there is a rule, every superuser is locked until
 * the transaction ends, so nothing may have been changed in it yet.
 * Django: no counterpart; whoever may change users there changes anything
 */
export async function checkUserChange(
  tx: TransactionClient,
  actor: Viewer,
  before: { readonly id: number } | null,
  next: AskedChange['next'],
): Promise<FieldErrors> {
  if (brought('accountRules').length === 0) return {};
  const accounts = await lockAccounts(tx, before ? [before.id] : []);
  return userChangeErrors(tx, actor, { accounts, before, next });
}

/** The same of accounts that are locked, for who asks several such questions or has the row. */
export async function userChangeErrors(
  tx: TransactionClient,
  actor: Viewer,
  asked: AskedChange,
): Promise<FieldErrors> {
  let errors: FieldErrors = {};
  for (const rules of brought('accountRules')) {
    errors = { ...(await rules.userChangeErrors(tx, actor, asked)), ...errors };
  }
  return errors;
}

/**
 * The same for groups, each with the permissions that it would be given: errors by group, of those
 * alone that have some.
 * Django: no counterpart
 */
export async function groupGrantErrors(
  tx: TransactionClient,
  actor: Viewer,
  grants: readonly GroupGrant[],
): Promise<Map<number, FieldErrors>> {
  const errors = new Map<number, FieldErrors>();
  for (const rules of brought('accountRules')) {
    const found = await rules.groupGrantErrors(tx, actor, grants);
    for (const [id, each] of found) errors.set(id, { ...each, ...errors.get(id) });
  }
  return errors;
}

/**
 * Those of these permissions, by id, that somebody may give to others. Inside a transaction give its
 * client. Ids of no permission are left out.
 * Django: no counterpart; whoever may change users there gives anything
 */
export async function mayGrant(
  actor: Viewer,
  permissionIds: readonly number[],
  client: DbClient = db,
): Promise<ReadonlySet<number>> {
  const permissions = await loadCatalogue(client, permissionIds);
  const grantable = new Set(permissions.map(({ id }) => id));
  for (const rules of brought('accountRules')) {
    const refused = await rules.notGrantable(actor, permissions, client);
    for (const { id } of refused) grantable.delete(id);
  }
  return grantable;
}
