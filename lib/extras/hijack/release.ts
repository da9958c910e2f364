import { getUser } from '@/lib/contrib/auth';
import { AnonymousUser, type RequestUser } from '@/lib/contrib/auth/models';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { endSessions } from '@/lib/contrib/sessions/store';
import { transaction } from '@/lib/db/client';
import type { HttpRequest } from '@/lib/http/request';
import { after } from '@/lib/http/source/current-source';
import { noteStop } from './endings';
import { restoreCookie, takeParked } from './parked-session';
import { tellUser } from './tell-user';

/**
 * Stop acting as somebody: their session ends, and one's own comes back as it was, with the age of its
 * proofs, if it still counts. Otherwise nobody is signed in. Returns who goes on. For actions.
 * django-hijack: views.py ReleaseUserView
 */
export async function release(request: HttpRequest): Promise<RequestUser> {
  const { user, session } = request;
  if (!user.isAuthenticated || !user.impersonator) return user;
  const actor = user.impersonator;
  const ended = await noteStop(request, 'stop');
  if (ended) after(() => tellUser(user, ended));
  const seal = await takeParked(request);
  const stored = seal && (await loadSession(seal));
  const owner = stored ? await getUser(stored.session, stored.user ?? undefined) : null;
  if (!seal || !stored || !owner?.equals(actor)) {
    request.session.flush();
    return new AnonymousUser();
  }
  await transaction((tx) => endSessions(tx, { id: session.id ?? 0 }));
  await restoreCookie(request, seal);
  request.session = stored.session;
  return owner;
}
