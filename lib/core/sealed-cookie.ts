import { sealData, unsealData } from 'iron-session';
import { settings } from '@/lib/conf/settings';
import { cookieName } from './cookies';
import { saltedHmac, sha256Hex } from './crypto';

/** What a sealed cookie is: how it is called, what keeps it apart from others, how long it lives. */
export type SealedCookieOptions<T extends object> = {
  readonly name: string;
  /** The purpose. What is sealed for one opens for no other, nor as a session's cookie. */
  readonly salt: string;
  /** Seconds after which the seal is nothing, whatever the browser does. */
  readonly maxAge: number;
  /** Where the browser sends it: one path, or one for each content, below the root. */
  readonly path: string | ((content: T) => string);
  /** What was sealed, or null for what is no content of this cookie. */
  parse(content: unknown): T | null;
};

/** A cookie of one purpose; `secure` says whether the site is asked for over https. */
export type SealedCookie<T extends object> = {
  /** The name, with the prefix that a secure origin's browser guards. */
  name(secure: boolean): string;
  /** The attributes to set it with. To take it back, set '' with these and a `maxAge` of 0. */
  options(
    content: T,
    secure: boolean,
  ): { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number };
  seal(content: T): Promise<string>;
  /**
   * The content of the first of these values that is an unexpired seal of ours, parses and fits;
   * null when there is none. Never throws.
   */
  open(values: readonly string[], fits?: (content: T) => boolean): Promise<T | null>;
};

const MAX_LENGTH = 4096;

/**
 * A cookie that carries something for a short while between two requests: unreadable, unchangeable,
 * of one purpose and one path, ending by itself. It cannot be ended before its time, nor keeps it
 * from being used twice: what must be, belongs into the session, or goes through `useOnce`. The
 * current secret seals, fallbacks open.
 * Django: core/signing.py, HttpResponse.set_signed_cookie (signed there, and readable)
 * @example
 * const challenge = sealedCookie({ name: 'gatehouse_challenge', salt: 'passkey', maxAge: 300,
 *   path: '/accounts/passkey/', parse: parseChallenge });
 */
export function sealedCookie<T extends object>(options: SealedCookieOptions<T>): SealedCookie<T> {
  const { name, salt, maxAge, path, parse } = options;

  async function openOne(value: string): Promise<T | null> {
    if (value.length > MAX_LENGTH) return null;
    const secrets = [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS];
    const password = Object.fromEntries(secrets.map((secret) => sealKey(salt, secret)));
    try {
      return parse(await unsealData<unknown>(value, { password, ttl: maxAge }));
    } catch {
      return null;
    }
  }

  return {
    name: (secure) => cookieName(name, secure, typeof path === 'string' ? path : '/…/'),
    options: (content, secure) => ({
      path: typeof path === 'string' ? path : path(content),
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge,
    }),
    seal(content) {
      const password = Object.fromEntries([sealKey(salt, settings.SECRET_KEY)]);
      return sealData(content, { password, ttl: maxAge });
    },
    async open(values, fits = () => true) {
      for (const value of values) {
        const content = await openOne(value);
        if (content && fits(content)) return content;
      }
      return null;
    },
  };
}

// The id of a key is taken from the key, as in lib/contrib/sessions/cookie.ts and for the same reason.
function sealKey(salt: string, secret: string): [id: string, password: string] {
  const password = saltedHmac(salt, '', secret);
  return [String(Number.parseInt(sha256Hex(password).slice(0, 8), 16) >>> 1), password];
}
