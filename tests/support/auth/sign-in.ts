import { overrideSettings } from '@/lib/conf/settings';
import { type AuthRequest, authenticate, getUser, login } from '@/lib/contrib/auth';
import type { User } from '@/lib/contrib/auth/models';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { users } from '@/lib/contrib/auth/users/managers';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import { Session } from '@/lib/contrib/sessions/session';

export const client = { ipAddress: '192.0.2.1', userAgent: 'Tester' };
export const PASSWORD = 'correct horse';
/** The settings of tests that count hashing; they register the hasher themselves. */
export const counting = { PASSWORD_HASHERS: ['counting', 'pbkdf2_sha256'] };

let made = 0;

/** A new user with PASSWORD; needs the counting hasher. */
export async function makeUser(
  fields: { isActive?: boolean; password?: string | null } = {},
): Promise<User> {
  made += 1;
  const username = `user${made}`;
  return overrideSettings(counting, () =>
    users.createUser({ username, password: PASSWORD, ...fields }),
  );
}

export function signIn(credentials: Record<string, unknown>): Promise<User | null> {
  return overrideSettings(counting, () => authenticate(null, credentials));
}

/** A stranger's request, or the next one of the browser that holds this seal. */
export async function requestWith(seal?: SessionSeal): Promise<AuthRequest> {
  const stored = seal ? await loadSession(seal) : null;
  const session = stored?.session ?? new Session();
  return { session, user: await getUser(session, stored?.user ?? undefined), ...client };
}

/** End an action that must give the browser a new cookie. */
export async function save({ session }: AuthRequest): Promise<SessionSeal> {
  const change = await session.save(client);
  if (change === null || change === 'delete') throw new Error(`No new cookie: ${change}`);
  return change;
}

/** The seal of a new session of this user. */
export async function signedIn(
  user: User,
  values: Record<string, string> = {},
): Promise<SessionSeal> {
  const request = await requestWith();
  await login(request, user);
  for (const [name, value] of Object.entries(values)) request.session.set(name, value);
  return save(request);
}
