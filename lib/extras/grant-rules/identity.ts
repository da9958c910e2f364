import type { Viewer } from '@/lib/apps/define-config';
import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type {
  GivenPermission,
  Touched,
  TouchingAct,
} from '@/lib/contrib/auth/permissions/account-rules';
import { decide, listPermissions } from '@/lib/contrib/auth/permissions/decisions';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { onlyTablesDecide } from '@/lib/contrib/auth/permissions/only-tables';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { timedGrants } from '@/lib/contrib/auth/permissions/timed-grants';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userGroupsTable, userPermissionsTable } from '@/lib/contrib/auth/users/user-table';
import { type DbClient, Prisma } from '@/lib/db/client';
import { notHeld } from './may-grant';
import { isOmnipotent } from './omnipotent';
import { notYoursOf, onlySuperusers } from './words';

type Asked = { client: DbClient; act: TouchingAct };

// Well below the parameters that a statement may have, beside a permission for each.
const CHUNK = 5_000;

/**
 * Why somebody may not touch what these people are known by or signed in with: by id, a sentence;
 * whoever is missing in it may be touched. It is asked wherever a password, an email address or a
 * username of another is set, an account is woken or put to sleep, sessions are ended or waits are
 * lifted: whoever can do that can be that person. So the actor must hold all that the other holds,
 * what is void because the account is inactive included, and superusers are touched by superusers
 * only. One's own account may always be touched. Of the settings, CHANGE_SUPERUSER_NEEDS_SUPERUSER
 * off takes superusers out of the rule, GRANT_ONLY_HELD_PERMISSIONS off everybody else. Two
 * statements, however many people; lock them first where something is written.
 * Django: no counterpart; whoever may change users there sets any password
 */
export async function identityRefusals(
  actor: Viewer,
  people: readonly Touched[],
  { client, act }: Asked,
): Promise<Map<number, string>> {
  const refusals = new Map<number, string>();
  if (!isInstalled('grant-rules') || isOmnipotent(actor)) return refusals;
  const others = people.filter(({ id }) => id !== actor.id);
  const ordinary = others.filter(({ isSuperuser }) => !isSuperuser);
  if (settings.CHANGE_SUPERUSER_NEEDS_SUPERUSER) {
    for (const { id, username, isSuperuser } of others) {
      if (isSuperuser) refusals.set(id, onlySuperusers(act, [username]));
    }
  }
  if (!settings.GRANT_ONLY_HELD_PERMISSIONS || ordinary.length === 0) return refusals;
  const missing = await missingOf(actor, ordinary, client);
  for (const { id, username } of ordinary) {
    const perms = missing.get(id) ?? [];
    if (perms.length > 0) refusals.set(id, notYoursOf(username, perms));
  }
  return refusals;
}

// What each of these people holds and the actor does not, by id of the person.
async function missingOf(actor: Viewer, people: readonly Touched[], client: DbClient) {
  const lacking = await notHeld(actor, await loadCatalogue(client), client);
  const missing = new Map<number, string[]>();
  if (lacking.length > 0) await addGranted(missing, people, lacking, client);
  if (!onlyTablesDecide()) await addDecided(missing, actor, people, { lacking, client });
  return missing;
}

async function addGranted(
  missing: Map<number, string[]>,
  people: readonly Touched[],
  lacking: readonly GivenPermission[],
  client: DbClient,
): Promise<void> {
  const names = new Map(lacking.map(({ id, perm }) => [id, perm]));
  const wanted = Prisma.join([...names.keys()]);
  const [own, joined] = [userPermissionsTable(), userGroupsTable()];
  for (let start = 0; start < people.length; start += CHUNK) {
    const ids = Prisma.join(people.slice(start, start + CHUNK).map(({ id }) => id));
    const rows = await client.$queryRaw<{ who: number | bigint; what: number | bigint }[]>`
      SELECT held.${own.user} AS who, held.permission_id AS what FROM ${own.table} held
      WHERE held.${own.user} IN (${ids}) AND held.permission_id IN (${wanted})
      UNION
      SELECT ug.${joined.user}, gp.permission_id FROM ${joined.table} ug
      JOIN auth_group_permissions gp ON gp.group_id = ug.group_id
      WHERE ug.${joined.user} IN (${ids}) AND gp.permission_id IN (${wanted})
      ${forATime(ids, wanted)} ORDER BY 1, 2`;
    for (const { who, what } of rows) add(missing, Number(who), names.get(Number(what)) ?? '');
  }
}

function forATime(ids: Prisma.Sql, wanted: Prisma.Sql): Prisma.Sql {
  const [table] = timedGrants();
  if (!table) return Prisma.empty;
  return Prisma.sql`
    UNION
    SELECT timed.user_id, COALESCE(timed.permission_id, gp.permission_id) FROM ${table} timed
    LEFT JOIN auth_group_permissions gp ON gp.group_id = timed.group_id
    WHERE timed.user_id IN (${ids})
      AND COALESCE(timed.permission_id, gp.permission_id) IN (${wanted})`;
}

// What backends grant beside the tables, to each as if they were active. Backends are asked inside
// the transaction, as for a grant: one with a statement of its own has to read it beforehand.
async function addDecided(
  missing: Map<number, string[]>,
  actor: Viewer,
  people: readonly Touched[],
  { lacking, client }: { lacking: readonly GivenPermission[]; client: DbClient },
): Promise<void> {
  const known = new Set(lacking.map(({ perm }) => perm));
  for (const { id } of people) {
    const woken = await findUser(getUserModel(), 'id', id, client);
    if (!woken) continue;
    woken.isActive = true;
    await loadGrants(woken, client);
    for (const perm of known) {
      if ((await decide(woken, perm)).allowed) add(missing, id, perm);
    }
    const listed = [...(await listPermissions(woken)).keys()].filter((perm) => !known.has(perm));
    const beside = listed.map((perm) => ({ id: 0, perm }));
    for (const { perm } of await notHeld(actor, beside, client)) add(missing, id, perm);
  }
}

function add(missing: Map<number, string[]>, id: number, perm: string): void {
  const perms = missing.get(id) ?? [];
  if (!perms.includes(perm)) missing.set(id, [...perms, perm]);
}
