import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readCookies } from '@/lib/core/cookies';
import { isSecure } from '@/lib/core/request-headers';
import { sealedCookie } from '@/lib/core/sealed-cookie';
import type { DbClient } from '@/lib/db/client';
import { useOnce as isFirstUse } from '@/lib/db/secrets/use-once';
import { currentSource } from '@/lib/http/source/current-source';

/**
 * What a challenge is for: making a passkey, signing in by one, one beside a password, one in the
 * middle of a session. What answers one of them answers no other.
 */
export const PURPOSES = ['create', 'login', 'second', 'confirm'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Seconds in which a challenge must be answered. */
export const CHALLENGE_AGE = 300;

// The sign-in page in several tabs: each has a challenge of its own.
const MOST_AT_ONCE = 5;

const challenge = z.object({
  challenge: z.string(),
  purpose: z.enum(PURPOSES),
  /** Whose passkey may answer; null for whoever has one. */
  user: z.number().nullable(),
  /** When it was given, in milliseconds since 1970. */
  at: z.number(),
});

/** What the browser carries from the options to the answer. */
export type Challenge = z.output<typeof challenge>;

const contents = z.object({
  /** Whether they are for confirmations, which are asked for on any page, the admin's too. */
  isForConfirming: z.boolean(),
  challenges: z.array(challenge).max(MOST_AT_ONCE),
});
type Contents = z.output<typeof contents>;

const cookie = sealedCookie<Contents>({
  name: 'gatehouse_webauthn',
  salt: 'gatehouse.mfa.webauthn',
  maxAge: CHALLENGE_AGE,
  path: ({ isForConfirming }) => (isForConfirming ? '/' : '/accounts/'),
  parse: (content) => contents.safeParse(content).data ?? null,
});

type ReadableHeaders = Pick<Headers, 'get'>;
type Meant = Pick<Challenge, 'purpose' | 'user'>;

/**
 * A new challenge of 32 random bytes, in base64url, which a sealed cookie carries to the answer: no
 * row is written, so nobody fills a table by looking at the sign-in page. For actions and handlers.
 */
export async function issueChallenge(
  headers: ReadableHeaders,
  { purpose, user }: Meant,
  now = Date.now(),
): Promise<string> {
  const issued = { challenge: randomBytes(32).toString('base64url'), purpose, user, at: now };
  const isForConfirming = purpose === 'confirm';
  const isBeside = (content: Contents) => content.isForConfirming === isForConfirming;
  const former = (await cookie.open(sentTo(headers), isBeside))?.challenges ?? [];
  const others = former.filter((one) => isOpen(one, now)).slice(0, MOST_AT_ONCE - 1);
  const content = { isForConfirming, challenges: [issued, ...others] };
  const secure = isSecure(headers);
  const jar = await currentSource().cookies();
  jar.set(cookie.name(secure), await cookie.seal(content), cookie.options(content, secure));
  return issued.challenge;
}

/**
 * The challenge that is answered, if this browser was given it for this purpose and this person and
 * it is young enough; null otherwise. That it has not been answered before, `takeChallenge` tells.
 */
export async function openChallenge(
  headers: ReadableHeaders,
  { purpose, user }: Meant,
  answered: string,
  now = Date.now(),
): Promise<Challenge | null> {
  const isMeant = (one: Challenge) =>
    one.challenge === answered && one.purpose === purpose && one.user === user && isOpen(one, now);
  const found = await cookie.open(sentTo(headers), ({ challenges }) => challenges.some(isMeant));
  return found?.challenges.find(isMeant) ?? null;
}

/**
 * Use a challenge up: true for the first right answer, false for every further one, a copy of cookie
 * and answer included.
 * OWASP ASVS 5.0 6.7.2
 */
export function takeChallenge({ challenge, at }: Challenge, client: DbClient): Promise<boolean> {
  const expires = new Date(at + 2 * CHALLENGE_AGE * 1000);
  return isFirstUse('webauthn', challenge, expires, client);
}

function isOpen({ at }: Challenge, now: number): boolean {
  return now >= at && now - at < CHALLENGE_AGE * 1000;
}

function sentTo(headers: ReadableHeaders): string[] {
  return readCookies(headers, cookie.name(isSecure(headers)));
}
