import { randomBytes } from 'node:crypto';
import { settings } from '@/lib/conf/settings';
import type { AuthRequest } from '@/lib/contrib/auth';
import type { User } from '@/lib/contrib/auth/models';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { sha256Hex } from '@/lib/core/crypto';
import { db, type TransactionClient } from '@/lib/db/client';
import { currentSource } from '@/lib/http/source/current-source';
import { TRUSTED_BROWSER } from './possession';

const PATH = '/accounts/';
const TOKEN = /^[\w-]{43}$/;

// People who share a browser; the cookie has a token for each.
const MOST_PEOPLE = 5;

/**
 * What a stage is told of this browser: that its person has trusted it, or null. The token is used up,
 * and the browser is given another: whoever has copied the cookie before has nothing. It is bound to
 * the password, so that a new one, set anywhere, ends the trust. For actions.
 * better-auth: trust rows that rotate at each use
 */
export async function standInForFactor(request: AuthRequest, user: User): Promise<string | null> {
  if (!settings.MFA_TRUST_ENABLED || !request.headers) return null;
  const tokens = trustTokens(request.headers);
  const hashes = [user.getSessionAuthHash(), ...user.getSessionAuthFallbackHashes()];
  for (const token of tokens) {
    const fresh = newToken();
    const kept = hashes.map((hash) => keptOf(token, hash));
    const stored = keptOf(fresh, user.getSessionAuthHash());
    if (!(await renew(request, user, kept, stored))) continue;
    await keepTokens(request.headers, [fresh, ...tokens.filter((other) => other !== token)]);
    return TRUSTED_BROWSER;
  }
  return null;
}

/** Trust this browser of this person for settings.MFA_TRUST_COOKIE_AGE. For actions. */
export async function trustBrowser(request: AuthRequest, user: User): Promise<void> {
  if (!settings.MFA_TRUST_ENABLED || !request.headers) return;
  const token = newToken();
  const now = new Date();
  await db.trustedBrowser.deleteMany({ where: { userId: user.id, expires: { lte: now } } });
  await db.trustedBrowser.create({
    data: {
      userId: user.id,
      tokenHash: keptOf(token, user.getSessionAuthHash()),
      created: now,
      expires: new Date(now.getTime() + settings.MFA_TRUST_COOKIE_AGE * 1000),
      lastUsed: now,
      ...seen(request),
    },
    select: { id: true },
  });
  await keepTokens(request.headers, [token, ...trustTokens(request.headers)]);
}

/** Trust no browser of this person any more. Returns how many there were. */
export async function endTrusts(tx: TransactionClient, userId: number): Promise<number> {
  return (await tx.trustedBrowser.deleteMany({ where: { userId } })).count;
}

async function renew(
  request: AuthRequest,
  { id }: User,
  kept: readonly string[],
  fresh: string,
): Promise<boolean> {
  const now = new Date();
  const { count } = await db.trustedBrowser.updateMany({
    where: { userId: id, tokenHash: { in: [...kept] }, expires: { gt: now } },
    data: { tokenHash: fresh, lastUsed: now, ...seen(request) },
  });
  return count > 0;
}

function seen({ ipAddress = '', userAgent = '' }: AuthRequest) {
  const fitting = (text: string, length: number) =>
    text.replaceAll('\0', '').slice(0, length).toWellFormed();
  return { ipAddress: fitting(ipAddress, 45), userAgent: fitting(userAgent, 255) };
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function keptOf(token: string, authHash: string): string {
  return sha256Hex(`${token}:${authHash}`);
}

function trustTokens(headers: Pick<Headers, 'get'>): string[] {
  const sent = readCookies(headers, nameOf(headers)).flatMap((value) => value.split('.'));
  return [...new Set(sent)].filter((token) => TOKEN.test(token)).slice(0, MOST_PEOPLE);
}

async function keepTokens(headers: Pick<Headers, 'get'>, tokens: readonly string[]): Promise<void> {
  const jar = await currentSource().cookies();
  jar.set(nameOf(headers), tokens.slice(0, MOST_PEOPLE).join('.'), {
    path: PATH,
    httpOnly: true,
    secure: cookiesAreSecure(headers),
    sameSite: 'lax',
    maxAge: settings.MFA_TRUST_COOKIE_AGE,
  });
}

function nameOf(headers: Pick<Headers, 'get'>): string {
  return cookieName(settings.MFA_TRUST_COOKIE_NAME, cookiesAreSecure(headers), PATH);
}
