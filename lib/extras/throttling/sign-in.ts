import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type { AuthRequest } from '@/lib/contrib/auth';
import { throttleKeyOf } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import type {
  Attempt,
  AttemptKeys,
  RevocableAttempt,
  Visit,
} from '@/lib/contrib/auth/sign-in/attempts';
import { factColumns, keepFacts } from '@/lib/contrib/auth/users/user-facts';
import { findUserByName, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns, userOf } from '@/lib/contrib/auth/users/user-rows';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { reserveAttempt, withdrawAttempt } from '@/lib/extras/throttling/attempts';
import {
  claimedDevice,
  deviceAccount,
  knownDevice,
  rememberDevice,
} from '@/lib/extras/throttling/known-devices';
import { hasNul } from '@/lib/forms/fields';
import { currentSource } from '@/lib/http/source/current-source';

/**
 * Count a try to sign in with a username, before its password is looked at, for the account and the
 * network, or for the device alone if it has been signed in on before. The statement that counts reads
 * the user, too. The request carries both on: `login` forgets the try with those before it. When the
 * password could not be looked at, `withdraw`. For actions.
 */
export async function reserveSignIn(
  request: Visit,
  { username }: { username: string },
): Promise<RevocableAttempt> {
  const account = await throttleKeyOf({ username, password: '' });
  const keysOf = (device: string | null) => ({ account, network: request.ipAddress, device });
  const reserve = (device: string | null) =>
    reserveAttempt('login', keysOf(device), { request, beside: candidateOf(request, account) });
  const marks = isInstalled('throttling') ? deviceCookies(request.headers) : [];
  const names = [...new Set([account, username])];
  const claims = names.flatMap((name) => marks.map((cookie) => claimedDevice(cookie, name)));
  const claimed = claims.find(Boolean) ?? null;
  let device = claimed;
  let attempt = await reserve(claimed);
  if (claimed !== null) device = await deviceOf(request, marks, names);
  // A mark of a former password.
  if (device !== claimed) {
    await takeBack(attempt, keysOf(claimed));
    attempt = await reserve(device);
  }
  request.attempt = attempt.allowed ? attempt : null;
  return { ...attempt, withdraw: () => takeBack(attempt, keysOf(device)) };
}

/**
 * From now on this browser has tries of its own at the account, whatever others do, until the
 * password is another. Receivers call it when somebody has proven that the account is theirs, by
 * signing in or by a mailed link, and when the account has another name. For actions.
 */
export async function knowDevice({
  request: { headers },
  user,
}: {
  request: AuthRequest;
  user: User;
}): Promise<void> {
  if (!headers || !isInstalled('throttling')) return;
  const account = deviceAccount(user);
  const marks = deviceCookies(headers);
  const own = marks.find((cookie) => knownDevice(cookie, account)) ?? marks[0];
  const jar = await currentSource().cookies();
  jar.set(deviceCookieName(headers), rememberDevice(own, account), {
    path: devicePath(),
    httpOnly: true,
    secure: cookiesAreSecure(headers),
    sameSite: 'strict',
    maxAge: settings.DEVICE_COOKIE_AGE,
  });
}

async function takeBack(attempt: Attempt, keys: AttemptKeys): Promise<void> {
  if (attempt.allowed) await withdrawAttempt('login', keys, attempt.tries);
}

/** Who has this name, to be read by a statement about something else: by a subquery for each column. */
function candidateOf(request: Visit, name: string) {
  // PostgreSQL takes no such text, and nobody has such a name.
  if (hasNul(name)) return undefined;
  const model = getUserModel();
  const columnOf = (field: string) => model.columns[field] ?? field;
  const columnSql = (column: string) => Prisma.sql`(
    SELECT u.${identifier(column)} FROM ${identifier(model.table)} u
    WHERE u.${identifier(columnOf(model.USERNAME_FIELD))} = ${name})`;
  return {
    columns: Prisma.sql`${userColumns(model, columnSql)} ${factColumns(columnSql(columnOf('id')))}`,
    read(row: Readonly<Record<string, unknown>>) {
      const user = userOf(model, row);
      keepFacts(user, row);
      request.candidate = { name, user };
    },
  };
}

/** The device that one of the marks proves for the account of one of these names. */
async function deviceOf(
  request: Visit,
  marks: readonly string[],
  names: readonly string[],
): Promise<string | null> {
  for (const name of names) {
    const known = request.candidate;
    const user = known?.name === name ? known.user : await findUserByName(name);
    request.candidate = { name, user };
    const account = user && deviceAccount(user);
    const device = account && marks.map((cookie) => knownDevice(cookie, account)).find(Boolean);
    if (device) return device;
  }
  return null;
}

function deviceCookies(headers: Visit['headers']): string[] {
  return readCookies(headers, deviceCookieName(headers));
}

function deviceCookieName(headers: Visit['headers']): string {
  return cookieName(settings.DEVICE_COOKIE_NAME, cookiesAreSecure(headers), devicePath());
}

function devicePath(): string {
  return settings.LOGIN_URL.split('?')[0] ?? '/';
}
