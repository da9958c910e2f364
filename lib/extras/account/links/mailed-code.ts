import { z } from 'zod';
import type { Session } from '@/lib/contrib/sessions/session';
import { sha256Hex } from '@/lib/core/crypto';
import { makeUserCode, tryUserCode } from '@/lib/core/user-code';
import { useOnce as takeOnce } from '@/lib/db/secrets/use-once';

const kept = z.object({
  email: z.string(),
  hash: z.string(),
  triesLeft: z.number(),
  at: z.number(),
  next: z.string().nullable(),
});

/** A code that was mailed, as the session of the browser that asked keeps it: its keyed hash. */
export type KeptCode = z.infer<typeof kept>;

/** How a code is kept: under which name of the session, how long, for how many tries. */
export type CodeKind = {
  readonly name: '_login_code' | '_signup_code' | '_verify_code';
  age(): number;
  tries(): number;
};

/** A code typed: right, wrong, or worth nothing any more, whatever was typed. */
export type Tried =
  | { readonly kind: 'right'; readonly email: string; readonly next: string | null }
  | { readonly kind: 'wrong' | 'over' };

type CodeSession = Pick<Session, 'get' | 'set' | 'delete'>;

/**
 * Make a code and keep it in the session of whoever asks: in another browser it is worth nothing. A
 * former one of the kind ends. The answer is what to mail. For actions.
 * allauth: account/internal/flows/login_by_code.py LoginCodeVerificationProcess
 */
export function keepCode(
  session: CodeSession,
  kind: CodeKind,
  { email, next = null }: { email: string; next?: string | null },
): string {
  const { code, stored } = makeUserCode(kind.name);
  session.set(kind.name, {
    email,
    hash: stored.hash,
    triesLeft: kind.tries(),
    at: Date.now(),
    next,
  });
  return code;
}

/** What the session keeps of a code that is still good for a try; null for none. */
export function keptCode(
  session: Pick<Session, 'get'>,
  { name, age }: CodeKind,
  now = Date.now(),
): KeptCode | null {
  const found = kept.safeParse(session.get(name)).data;
  if (!found || found.triesLeft <= 0) return null;
  const elapsed = now - found.at;
  return elapsed >= 0 && elapsed < age() * 1000 ? found : null;
}

/** Whether a code, out of a mailed link, is the one that this browser asked for. */
export function isCodeOf(session: Pick<Session, 'get'>, kind: CodeKind, code: string): boolean {
  const found = keptCode(session, kind);
  return found !== null && tryUserCode(kind.name, found, code).isRight;
}

/**
 * Try what somebody typed. Each try is taken in the database before it is looked at, so that of many at
 * once no more count than one after the other would. The code ends with the right one, and with the last
 * try. For actions.
 * OWASP ASVS 5.0 6.6.3
 */
export async function tryCode(session: CodeSession, kind: CodeKind, typed: string): Promise<Tried> {
  const found = keptCode(session, kind);
  if (!found) return { kind: 'over' };
  const expires = new Date(found.at + kind.age() * 1000);
  const slot = sha256Hex(`${found.hash}${found.at}`) + found.triesLeft;
  if (!(await takeOnce('mailed_code', slot, expires))) return { kind: 'wrong' };
  const { isRight, left } = tryUserCode(kind.name, found, typed);
  if (left) session.set(kind.name, { ...found, triesLeft: left.triesLeft });
  else session.delete(kind.name);
  if (!isRight) return { kind: left ? 'wrong' : 'over' };
  return { kind: 'right', email: found.email, next: found.next };
}
