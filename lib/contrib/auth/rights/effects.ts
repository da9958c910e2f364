import { createHash, type Hash } from 'node:crypto';
import type { CataloguedPermission } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { type DbClient, Prisma } from '@/lib/db/client';
import { type Alike, idsOf, numberOf, type People, peopleIn, together } from './alike-people';
import { type HolderChange, movedPermissions, movesAll, type Status } from './holder-change';

/** Who can do something after a change that they could not do before, and the other way round. */
export type PermissionEffect = { perm: string; name: string; gains: People; losses: People };

/** Whose account becomes something else: `gains` where it is given, `losses` where it is taken. */
export type StatusEffect = { status: keyof Status; gains: People; losses: People };

/** What changes do to people. The fingerprint is the same only if it is the same to the same ones. */
export type Effects = {
  effects: PermissionEffect[];
  statuses: StatusEffect[];
  /** How many people lose something, be it only a status. */
  losers: number;
  fingerprint: string;
};

const STATUSES = ['isActive', 'isSuperuser', 'isStaff'] as const;

/** Permissions by the group that holds them. */
type Held = ReadonlyMap<number, ReadonlySet<number>>;

/** People who are alike, as they are and as they will be. */
type Side = {
  alike: Alike;
  own: ReadonlySet<number>;
  /** Held by themselves for a time, which no change takes. */
  timed: ReadonlySet<number>;
  owned: ReadonlySet<number>;
  groups: readonly number[];
  will: Status;
};

/**
 * Who gains and who loses each permission by these changes, judged by the tables as ModelBackend
 * judges: a person gains only what nothing else gave them before, and loses only what nothing else
 * gives them after. Inactive people and superusers neither gain nor lose, unless that is what is
 * changed. Whoever has the id
 * `actorId` comes first. The fingerprint is a SHA-256 over the ids of all of them, each beside what it
 * gains and loses. Two statements, however many cells change.
 * Django: no counterpart; contrib/auth/backends.py ModelBackend.with_perm, before and after
 */
export async function rightsEffects(
  client: DbClient,
  changes: readonly HolderChange[],
  { actorId, catalogue }: { actorId: number; catalogue: readonly CataloguedPermission[] },
): Promise<Effects> {
  const named = changes.some(movesAll) ? catalogue : movedPermissions(changes);
  const twins = idsByName(catalogue, new Set(named.map(({ perm }) => perm)));
  const permissionIds = [...twins.values()].flat();
  const hasStatus = changes.some(({ status }) => status !== undefined);
  if (permissionIds.length === 0 && !hasStatus) return NOTHING;
  const before = await heldByGroups(client, permissionIds);
  const groups = changes.filter(({ kind }) => kind === 'group');
  const after = new Map([
    ...before,
    ...groups.map(
      (change) => [change.id, afterwards(before.get(change.id) ?? new Set(), change)] as const,
    ),
  ]);
  const people = await peopleIn(client, changes, { permissionIds, actorId });
  const sides = sidesOf(people, changes);
  const outcomes = new Map<Alike, string[]>();
  const tell = (alike: Alike, outcome: string) => {
    const known = outcomes.get(alike) ?? [];
    outcomes.set(alike, known);
    known.push(outcome);
  };
  const names = new Map(catalogue.map(({ perm, name }) => [perm, name]));
  const effects = [...twins].map(([perm, same]) => {
    const has = (held: ReadonlySet<number> | undefined) => same.some((each) => held?.has(each));
    const inGroup = (held: Held, ids: readonly number[]) => ids.some((id) => has(held.get(id)));
    const gains: Alike[] = [];
    const losses: Alike[] = [];
    for (const { alike, own, timed, owned, groups: then, will } of sides) {
      const did = holds(
        alike.status,
        () => has(own) || has(timed) || inGroup(before, alike.groups),
      );
      const does = holds(will, () => has(owned) || has(timed) || inGroup(after, then));
      if (did === does) continue;
      (does ? gains : losses).push(alike);
      tell(alike, `${does ? '+' : '-'}${perm}`);
    }
    return {
      perm,
      name: names.get(perm) ?? perm,
      gains: together(gains, actorId),
      losses: together(losses, actorId),
    };
  });
  const statuses = STATUSES.flatMap((status) => {
    const moved = sides.filter(({ alike, will }) => alike.status[status] !== will[status]);
    for (const { alike, will } of moved) tell(alike, `${will[status] ? '+' : '-'}${status}`);
    const [given, taken] = [true, false].map((to) =>
      moved.filter(({ will }) => will[status] === to).map(({ alike }) => alike),
    );
    const of = (all: readonly Alike[] = []) => together(all, actorId);
    return moved.length > 0 ? [{ status, gains: of(given), losses: of(taken) }] : [];
  });
  const losers = [...outcomes].filter(([, all]) => all.some((each) => each.startsWith('-')));
  return {
    effects,
    statuses,
    losers: numberOf(losers.map(([alike]) => alike)),
    fingerprint: fingerprintOf(outcomes),
  };
}

/** Whether somebody gains or loses something. */
export function isFelt({ effects, statuses }: Pick<Effects, 'effects' | 'statuses'>): boolean {
  return [...effects, ...statuses].some(({ gains, losses }) => gains.count + losses.count > 0);
}

function holds({ isActive, isSuperuser }: Status, isGranted: () => boolean): boolean {
  return isActive && (isSuperuser || isGranted());
}

function sidesOf(people: readonly Alike[], changes: readonly HolderChange[]): Side[] {
  const users = new Map(
    changes.filter(({ kind }) => kind === 'user').map((change) => [change.id, change]),
  );
  return people.map((alike) => {
    const own = new Set(alike.direct);
    const timed = new Set(alike.timed);
    const change = users.get(alike.userId);
    if (!change) return { alike, own, timed, owned: own, groups: alike.groups, will: alike.status };
    const left = new Set(change.left?.map(({ id }) => id));
    const stays = new Set(alike.timedGroups);
    const joined = (change.joined ?? []).map(({ id }) => id);
    return {
      alike,
      own,
      timed,
      owned: afterwards(own, change),
      groups: [...alike.groups.filter((id) => stays.has(id) || !left.has(id)), ...joined],
      will: { ...alike.status, ...change.status },
    };
  });
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
  if (ids.length === 0) return new Map();
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

function afterwards(held: ReadonlySet<number>, { given, taken }: HolderChange): Set<number> {
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

const NOTHING: Effects = {
  effects: [],
  statuses: [],
  losers: 0,
  fingerprint: fingerprintOf(new Map()),
};
