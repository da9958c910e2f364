import { createHash } from 'node:crypto';
import {
  type CataloguedPermission,
  loadCatalogue,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import { someOf } from '@/lib/core/text';
import type { TransactionClient } from '@/lib/db/client';
import type { People } from './alike-people';
import { type Effects, rightsEffects } from './effects';
import type { HolderChange } from './holder-change';

/** All that a person should read before a change of rights is written. */
export type RightsReview = Effects & {
  holders: readonly HolderChange[];
  /** Why it may not be done, by the name of the group or user, or why that one is left as it is. */
  refusals: readonly { name: string; texts: readonly string[] }[];
  /** What the person would do to themselves. */
  flags: readonly string[];
  /** How many sessions end with it. */
  sessions: number;
  /** The same as long as it does the same to the same people. */
  digest: string;
};

/** What is known already, or is told besides. */
type Known = Partial<Pick<RightsReview, 'refusals' | 'sessions'>> & {
  /** All permissions there are. */
  catalogue?: readonly CataloguedPermission[];
};

/**
 * What changes of groups and users would do if they were written now: who gains and who loses what.
 * Every change of rights in the admin is reviewed by this. Inside a transaction nothing changes until
 * its end. Three statements.
 * Django: no counterpart
 */
export async function reviewRights(
  tx: TransactionClient,
  actor: { readonly id: number },
  holders: readonly HolderChange[],
  known: Known = {},
): Promise<RightsReview> {
  const { refusals = [], sessions = 0 } = known;
  const catalogue = known.catalogue ?? (await loadCatalogue(tx));
  const effects = await rightsEffects(tx, holders, { actorId: actor.id, catalogue });
  return {
    ...effects,
    holders,
    refusals,
    sessions,
    flags: flagsOf(effects, actor),
    digest: digestOf(holders, effects.fingerprint),
  };
}

/**
 * What changes do together of which each has a review of its own: null where none moves a right, and no
 * statement more where one does.
 * Django: no counterpart
 */
export async function reviewTogether(
  tx: TransactionClient,
  actor: { readonly id: number },
  reviews: readonly (RightsReview | null)[],
): Promise<RightsReview | null> {
  const [first, ...others] = reviews.filter((review) => review !== null);
  if (!first || others.length === 0) return first ?? null;
  const all = [first, ...others];
  return reviewRights(
    tx,
    actor,
    all.flatMap(({ holders }) => holders),
    {
      refusals: all.flatMap(({ refusals }) => refusals),
      sessions: all.reduce((sum, { sessions }) => sum + sessions, 0),
    },
  );
}

/** What somebody would lose by it themselves, `app.codename`. */
export function ownLosses({ effects }: Pick<Effects, 'effects'>, actorId: number): string[] {
  return effects.filter(({ losses }) => includes(losses, actorId)).map(({ perm }) => perm);
}

const STATUS_WORDS = {
  isActive: 'You could no longer sign in.',
  isStaff: 'You could no longer open the admin.',
  isSuperuser: 'You would no longer be a superuser.',
};

function flagsOf(effects: Effects, { id }: { id: number }): string[] {
  const lost = ownLosses(effects, id);
  const statuses = effects.statuses.filter(({ losses }) => includes(losses, id));
  return [
    ...statuses.map(({ status }) => STATUS_WORDS[status]),
    ...(lost.length > 0 ? [`You would lose ${someOf(lost)}.`] : []),
  ];
}

// Whoever asks is the first among those that are named.
function includes({ first }: People, id: number): boolean {
  return first.some((person) => person.id === id);
}

function digestOf(holders: readonly HolderChange[], fingerprint: string): string {
  const cells = holders.flatMap((holder) => {
    const { kind, id, given, taken, joined = [], left = [], status = {}, isDeleted } = holder;
    return [
      ...given.map((permission) => `${kind} ${id}+${permission.id}`),
      ...taken.map((permission) => `${kind} ${id}-${permission.id}`),
      ...joined.map((group) => `${kind} ${id}+g${group.id}`),
      ...left.map((group) => `${kind} ${id}-g${group.id}`),
      ...Object.entries(status).map(([name, value]) => `${kind} ${id} ${name}=${value}`),
      ...(isDeleted ? [`${kind} ${id} deleted`] : []),
    ];
  });
  const text = JSON.stringify([cells.sort(), fingerprint]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
