import { z } from 'zod';
import { getRandomString } from '@/lib/core/crypto';
import type { HolderChange } from './holder-change';

/** Seconds for which a change of rights can be undone by a press. */
export const UNDO_SECONDS = 300;

const KEY = '_undo';
// Each is saved as its form would save it, in one transaction.
const MOST_HOLDERS = 50;

const ids = z.array(z.number().int());

const movedHolder = z.object({
  kind: z.enum(['group', 'user']),
  id: z.number().int(),
  given: ids,
  taken: ids,
  joined: ids,
  left: ids,
  isActive: z.boolean().optional(),
});

const deed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('moves'), holders: z.array(movedHolder) }),
  z.object({ kind: z.literal('active'), ids, isActive: z.boolean() }),
]);

const offer = z.object({
  id: z.string(),
  at: z.number(),
  what: z.string(),
  href: z.string(),
  deed,
});

/** What was given to one group or user, and what was taken from them, by ids. */
export type MovedHolder = z.infer<typeof movedHolder>;

/** What was done, as far as it can be undone. */
export type Deed = z.infer<typeof deed>;

/** A change that may be undone for a while: `what` it was in words, `href` where it was made. */
export type UndoOffer = z.infer<typeof offer>;

/** As much of a session as keeps an offer: of one person, in one browser, until they sign out. */
type Keeper = {
  get(name: string): unknown;
  set(name: string, value: UndoOffer): void;
  delete(name: string): void;
};

/**
 * What a review that was carried out comes to, to be undone; null for what has no plain inverse: a
 * group that is gone, who became a superuser or staff or ceased to be, or more than fifty at once.
 */
export function deedOf({ holders }: { holders: readonly HolderChange[] }): Deed | null {
  if (holders.length === 0 || holders.length > MOST_HOLDERS) return null;
  const moved: MovedHolder[] = [];
  for (const holder of holders) {
    const { kind, id, given, taken, joined = [], left = [], status = {}, isDeleted } = holder;
    const { isActive, ...others } = status;
    if (isDeleted || Object.keys(others).length > 0) return null;
    const lists = { given: idsOf(given), taken: idsOf(taken) };
    const groups = { joined: idsOf(joined), left: idsOf(left) };
    moved.push({ kind, id, ...lists, ...groups, ...(isActive !== undefined && { isActive }) });
  }
  return { kind: 'moves', holders: moved };
}

/** Offer to undo what was just done; it takes the place of an offer before. */
export function offerUndo(
  session: Keeper,
  { what, href, deed: done }: Pick<UndoOffer, 'what' | 'href' | 'deed'>,
  now = Date.now(),
): void {
  session.set(KEY, { id: getRandomString(16), at: now, what, href, deed: done });
}

/** What somebody may still undo; null where there is nothing, or it was too long ago. */
export function undoOffered(session: Keeper, now = Date.now()): UndoOffer | null {
  const { data } = offer.safeParse(session.get(KEY));
  return data && now - data.at < UNDO_SECONDS * 1000 ? data : null;
}

/** Take an offer back: it is used, or something was done since that cannot be undone. */
export function forgetUndo(session: Keeper): void {
  if (session.get(KEY) !== undefined) session.delete(KEY);
}

function idsOf(all: readonly { id: number }[]): number[] {
  return all.map(({ id }) => id);
}
