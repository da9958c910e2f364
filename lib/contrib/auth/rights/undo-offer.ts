import { z } from 'zod';
import { getRandomString } from '@/lib/core/crypto';
import { sealedCookie } from '@/lib/core/sealed-cookie';
import { currentSource } from '@/lib/http/source/current-source';
import type { HolderChange } from './holder-change';

/** Seconds for which a change of rights can be undone by a press. */
export const UNDO_SECONDS = 300;

const KEY = '_undo';
// Of the 4096 that a browser keeps of a cookie, its name and attributes among them.
const MOST_IN_COOKIE = 3800;
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
  z.object({
    kind: z.literal('action'),
    inverse: z.string(),
    ids,
    chosen: z.string().optional(),
  }),
]);

const offer = z.object({
  id: z.string(),
  at: z.number(),
  /** Whose session it is in. */
  session: z.number(),
  user: z.number(),
  what: z.string(),
  href: z.string(),
  deed,
});

/** What was given to one group or user, and what was taken from them, by ids. */
export type MovedHolder = z.infer<typeof movedHolder>;

/**
 * What was done, as far as it can be undone: what was moved, or on which users an action was taken, with
 * the one that is its inverse.
 */
export type Deed = z.infer<typeof deed>;

/** A change that may be undone for a while: `what` it was in words, `href` where it was made. */
export type UndoOffer = z.infer<typeof offer>;

/** As much of a request as an offer is bound to: of one person, in one session. */
type Asker = {
  readonly user: { readonly id: number };
  readonly isSecure: boolean;
  readonly session: {
    readonly id: number | null;
    get(name: string): unknown;
    set(name: string, value: UndoOffer): void;
    delete(name: string): void;
  };
};

const cookie = sealedCookie<UndoOffer>({
  name: 'gatehouse_undo',
  salt: 'gatehouse.undo',
  maxAge: UNDO_SECONDS,
  path: '/admin/',
  parse: (content) => offer.safeParse(content).data ?? null,
});

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

/**
 * Offer to undo what was just done; it takes the place of an offer before. It is kept in a sealed
 * cookie, which costs no statement, and where it is about so many that it does not fit, in the session.
 */
export async function offerUndo(
  request: Asker,
  { what, href, deed: done }: Pick<UndoOffer, 'what' | 'href' | 'deed'>,
): Promise<void> {
  const { session, user, isSecure } = request;
  const content: UndoOffer = {
    id: getRandomString(16),
    at: Date.now(),
    session: session.id ?? 0,
    user: user.id,
    what,
    href,
    deed: done,
  };
  const sealed = await cookie.seal(content);
  await forgetUndo(request);
  if (sealed.length > MOST_IN_COOKIE) return session.set(KEY, content);
  const jar = await currentSource().cookies();
  jar.set(cookie.name(isSecure), sealed, cookie.options(content, isSecure));
}

/**
 * The same of a review that was carried out: what was offered before is over where this cannot be
 * undone, and stays where no right was moved.
 */
export async function offerUndoOf(
  request: Asker,
  review: { holders: readonly HolderChange[] } | null | undefined,
  told: Pick<UndoOffer, 'what' | 'href'>,
): Promise<void> {
  if (!review) return;
  const done = deedOf(review);
  if (done) await offerUndo(request, { ...told, deed: done });
  else await forgetUndo(request);
}

/** What somebody may still undo; null where there is nothing, or it was too long ago. */
export async function undoOffered({ session, user, isSecure }: Asker): Promise<UndoOffer | null> {
  const jar = await currentSource().cookies();
  const value = jar.get(cookie.name(isSecure))?.value ?? '';
  const found = value === '' ? offer.safeParse(session.get(KEY)).data : await cookie.open([value]);
  if (!found || found.session !== session.id || found.user !== user.id) return null;
  return Date.now() - found.at < UNDO_SECONDS * 1000 ? found : null;
}

/** Take an offer back: it is used, or something was done since that cannot be undone. */
export async function forgetUndo({ session, isSecure }: Asker): Promise<void> {
  if (session.get(KEY) !== undefined) session.delete(KEY);
  const jar = await currentSource().cookies();
  const name = cookie.name(isSecure);
  if (!jar.get(name)?.value) return;
  jar.set(name, '', {
    path: '/admin/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: 0,
  });
}

function idsOf(all: readonly { id: number }[]): number[] {
  return all.map(({ id }) => id);
}
