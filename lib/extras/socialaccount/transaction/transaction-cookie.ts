import { z } from 'zod';
import { readCookies } from '@/lib/core/cookies';
import { constantTimeCompare } from '@/lib/core/crypto';
import { type SealedCookie, sealedCookie } from '@/lib/core/sealed-cookie';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/** Seconds in which somebody must come back from a provider. */
export const TRANSACTION_AGE = 600;

// Each tab has one of its own. More would fill the header that the browser sends them in.
const MOST_AT_ONCE = 5;
const NAME = 'gatehouse_oidc_';
const PREFIX_LENGTH = 8;

const content = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  provider: z.string(),
  process: z.enum(['login', 'connect']),
  next: z.string().nullable(),
  /** Who was signed in when it began, and by which session; null for a stranger. */
  user: z.number().nullable(),
  session: z.string().nullable(),
  /** When it began, in milliseconds since 1970. */
  at: z.number(),
});

/** A sign-in at a provider that is under way, as the browser carries it from the beginning to the answer. */
export type Transaction = z.output<typeof content>;

function cookieOf(prefix: string): SealedCookie<Transaction> {
  return sealedCookie({
    name: NAME + prefix,
    salt: 'gatehouse.socialaccount',
    maxAge: TRANSACTION_AGE,
    path: '/accounts/oidc/',
    parse: (sealed) => content.safeParse(sealed).data ?? null,
  });
}

/** Give the browser what it has to bring back. For handlers. */
export async function keepTransaction(
  { isSecure, headers }: HttpRequest,
  transaction: Transaction,
): Promise<void> {
  const jar = await currentSource().cookies();
  for (const prefix of prefixesIn(headers).slice(0, 1 - MOST_AT_ONCE)) {
    const cookie = cookieOf(prefix);
    jar.set(cookie.name(isSecure), '', { ...cookie.options(transaction, isSecure), maxAge: 0 });
  }
  const cookie = cookieOf(transaction.state.slice(0, PREFIX_LENGTH));
  const sealed = await cookie.seal(transaction);
  jar.set(cookie.name(isSecure), sealed, cookie.options(transaction, isSecure));
}

/**
 * What this browser began with this state at this provider, if it did, and not longer ago than it may
 * be. Null for everything else: the answer to somebody else's sign-in, or to one at another provider.
 * OWASP ASVS 5.0 10.1.2, 10.2.2
 */
export async function openTransaction(
  { isSecure, headers }: Pick<HttpRequest, 'isSecure' | 'headers'>,
  { state, provider }: Pick<Transaction, 'state' | 'provider'>,
): Promise<Transaction | null> {
  const cookie = cookieOf(state.slice(0, PREFIX_LENGTH));
  const isMeant = (one: Transaction) =>
    constantTimeCompare(one.state, state) && one.provider === provider;
  return cookie.open(readCookies(headers, cookie.name(isSecure)), isMeant);
}

/** Forget it: it has been answered. For handlers. */
export async function dropTransaction(
  { isSecure }: HttpRequest,
  transaction: Transaction,
): Promise<void> {
  const cookie = cookieOf(transaction.state.slice(0, PREFIX_LENGTH));
  const options = { ...cookie.options(transaction, isSecure), maxAge: 0 };
  (await currentSource().cookies()).set(cookie.name(isSecure), '', options);
}

// As the browser sends them: what it has had longest first.
function prefixesIn(headers: Pick<Headers, 'get'>): string[] {
  const names = (headers.get('cookie') ?? '').split(';').map((part) => part.split('=')[0] ?? '');
  return names.flatMap((name) => {
    const [, prefix] = /gatehouse_oidc_([\w-]{8})$/.exec(name.trim()) ?? [];
    return prefix === undefined ? [] : [prefix];
  });
}
