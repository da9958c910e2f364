import { createHash, type Hash } from 'node:crypto';
import type { CataloguedPermission } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { type DbClient, Prisma } from '@/lib/db/client';
import type { ColumnChange } from './matrix-changes';
import { type Alike, idsOf, type People, peopleIn, together } from './matrix-people';

/** Who can do something after a change that they could not do before, and the other way round. */
export type MatrixEffect = { perm: string; gains: People; losses: People };

/** What changes do to people. The fingerprint is the same only if it is the same to the same ones. */
export type MatrixEffects = { effects: MatrixEffect[]; fingerprint: string };

/** Permissions by the group that holds them. */
type Held = ReadonlyMap<number, ReadonlySet<number>>;

/**
 * Who gains and who loses each permission by these changes, judged by the tables as ModelBackend
 * judges: a person gains only what nothing else gave them before, and loses only what nothing else
 * gives them after. Inactive people and superusers neither gain nor lose. Whoever has the id
 * `actorId` comes first. The fingerprint is a SHA-256 over the ids of all of them, each beside what it
 * gains and loses. Two statements, however many cells change.
 * Django: no counterpart; contrib/auth/backends.py ModelBackend.with_perm, before and after
 */
export async function matrixEffects(
  client: DbClient,
  columns: readonly ColumnChange[],
  { actorId, catalogue }: { actorId: number; catalogue: readonly CataloguedPermission[] },
): Promise<MatrixEffects> {
  const named = columns.flatMap(({ given, taken }) => [...given, ...taken]);
  const twins = idsByName(catalogue, new Set(named.map(({ perm }) => perm)));
  const permissionIds = [...twins.values()].flat();
  if (permissionIds.length === 0) return { effects: [], fingerprint: fingerprintOf(new Map()) };
  const before = await heldByGroups(client, permissionIds);
  const groups = columns.filter(({ kind }) => kind === 'group');
  const after = new Map([
    ...before,
    ...groups.map(
      (column) => [column.id, afterwards(before.get(column.id) ?? new Set(), column)] as const,
    ),
  ]);
  const users = new Map(
    columns.filter(({ kind }) => kind === 'user').map((column) => [column.id, column]),
  );
  const people = await peopleIn(client, columns, { permissionIds, actorId });
  const outcomes = new Map<Alike, string[]>();
  const sides = people.map((alike) => {
    const own = new Set(alike.direct);
    const column = users.get(alike.userId);
    const timed = new Set(alike.timed);
    return { alike, own, timed, owned: column ? afterwards(own, column) : own };
  });
  const effects = [...twins].map(([perm, same]) => {
    const has = (held: ReadonlySet<number> | undefined) => same.some((each) => held?.has(each));
    const inGroup = (held: Held, ids: readonly number[]) => ids.some((id) => has(held.get(id)));
    const gains: Alike[] = [];
    const losses: Alike[] = [];
    for (const { alike, own, timed, owned } of sides) {
      const did = has(own) || has(timed) || inGroup(before, alike.groups);
      const does = has(owned) || has(timed) || inGroup(after, alike.groups);
      if (did === does) continue;
      (does ? gains : losses).push(alike);
      const outcome = outcomes.get(alike) ?? [];
      outcome.push(`${does ? '+' : '-'}${perm}`);
      outcomes.set(alike, outcome);
    }
    return { perm, gains: together(gains, actorId), losses: together(losses, actorId) };
  });
  return { effects, fingerprint: fingerprintOf(outcomes) };
}

// Two models of one app may have a permission of one codename: asked for, they are the same.
function idsByName(
  catalogue: readonly CataloguedPermission[],
  perms: ReadonlySet<string>,
): Map<string, number[]> {
  const ids = new Map([...perms].sort().map((perm) => [perm, [] as number[]]));
  for (const { id, perm } of catalogue) ids.get(perm)?.push(id);
  return ids;
}

async function heldByGroups(client: DbClient, ids: readonly number[]): Promise<Held> {
  const rows = await client.$queryRaw<{ group_id: number; permission_id: number }[]>`
    SELECT group_id, permission_id FROM auth_group_permissions
    WHERE permission_id IN (${Prisma.join([...ids])})`;
  const held = new Map<number, Set<number>>();
  for (const { group_id, permission_id } of rows) {
    const own = held.get(Number(group_id)) ?? new Set();
    held.set(Number(group_id), own.add(Number(permission_id)));
  }
  return held;
}

function afterwards(held: ReadonlySet<number>, { given, taken }: ColumnChange): Set<number> {
  const next = new Set(held);
  for (const { id } of given) next.add(id);
  for (const { id } of taken) next.delete(id);
  return next;
}

// By what changes for people rather than by the groups they are in: whoever joins a group that has
// nothing to do with it changes nothing here.
function fingerprintOf(outcomes: ReadonlyMap<Alike, readonly string[]>): string {
  const alikes = new Map<string, Alike[]>();
  for (const [alike, outcome] of outcomes) {
    const key = JSON.stringify(outcome);
    const all = alikes.get(key) ?? [];
    alikes.set(key, all);
    all.push(alike);
  }
  const hash = createHash('sha256');
  for (const [outcome, all] of [...alikes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${outcome}\n`);
    updateWithIds(hash, all);
  }
  return hash.digest('base64url');
}

function updateWithIds(hash: Hash, all: readonly Alike[]): void {
  for (const ids of idsOf(all)) hash.update(`${ids.join(',')},`);
  hash.update('\n');
}
