import { type Belonging, belongingsOf } from '@/lib/contrib/auth/account/offboarding';
import type { User } from '@/lib/contrib/auth/models';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { db } from '@/lib/db/client';
import { mayViewGroups } from './user-columns';
import { mayViewSessions, sessionsHref } from './user-menu';

/** What letting somebody go would do: what ends for good, what is void until then, what they own. */
export type OffboardReview = {
  ends: Belonging[];
  owns: Belonging[];
  /** Permissions that they hold, and the names of their groups if the viewer may read them. */
  permissions: number;
  groups: string[] | null;
  /** Whether the name has to be typed: see `isNameAsked`. */
  isNameAsked: boolean;
};

const SESSIONS = { one: 'session', many: 'sessions' };

/** Ask all that the page shows before somebody is let go. */
export async function offboardReview(viewer: User, user: User): Promise<OffboardReview> {
  const sessions = await db.session.count({ where: { userId: user.id } });
  const maySee = await mayViewSessions(viewer);
  const { ends, owns } = await belongingsOf(user.id, viewer);
  const { groups, permissions } = await loadGrants(user);
  return {
    ends: [
      ...(sessions > 0
        ? [{ ...SESSIONS, count: sessions, ...(maySee && { href: sessionsHref(user.id) }) }]
        : []),
      ...ends,
    ],
    owns,
    permissions: permissions.size,
    groups: (await mayViewGroups(viewer)) ? groups.map(({ name }) => name) : null,
    isNameAsked: ends.length > 0,
  };
}

/**
 * Whether whoever lets this person go types their name first: where more ends for good than sessions,
 * which come anew at the next sign-in. All else comes back with the account.
 */
export async function isNameAsked(viewer: User, user: User): Promise<boolean> {
  return (await belongingsOf(user.id, viewer)).ends.length > 0;
}
