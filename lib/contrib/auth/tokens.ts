import { settings } from '@/lib/conf/settings';
import { constantTimeCompare, saltedHmac } from '@/lib/core/crypto';
import { parseId } from '@/lib/forms/fields';
import type { User } from './models';

/** As much of a user as a token depends on: whatever of it changes ends the token. */
export type TokenUser = Pick<User, 'id' | 'lastLogin' | 'email' | 'encodedPassword'>;

const EPOCH = Date.UTC(2001, 0, 1);
const SHAPE = /^([0-9a-z]{1,10})-[0-9a-f]{32}$/;

/**
 * Makes and checks the tokens of reset links: 39 characters, `time-hash`. Nothing is stored; a token
 * dies with the password, the last sign-in, the email address and the secret that it was made from,
 * and PASSWORD_RESET_TIMEOUT after it was made. With the same SECRET_KEY and TIME_ZONE Django takes
 * ours and we take Django's. `now` is a substitute for the clock.
 * Django: contrib/auth/tokens.py PasswordResetTokenGenerator
 */
export class PasswordResetTokenGenerator {
  readonly keySalt: string = 'django.contrib.auth.tokens.PasswordResetTokenGenerator';
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  makeToken(user: TokenUser): string {
    return this.#tokenAt(user, this.#seconds(), settings.SECRET_KEY);
  }

  /** Whether a token is one of this user's, also under a former secret, and not too old. */
  checkToken(user: TokenUser, token: string): boolean {
    const time = SHAPE.exec(token)?.[1];
    if (time === undefined) return false;
    const made = Number.parseInt(time, 36);
    const secrets = [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS];
    const isOurs = secrets.some((secret) =>
      constantTimeCompare(this.#tokenAt(user, made, secret), token),
    );
    return isOurs && this.#seconds() - made <= settings.PASSWORD_RESET_TIMEOUT;
  }

  #tokenAt(user: TokenUser, seconds: number, secret: string): string {
    const lastLogin = user.lastLogin ? withoutZone(user.lastLogin) : '';
    const value = `${user.id}${user.encodedPassword()}${lastLogin}${seconds}${user.email}`;
    const hash = saltedHmac(this.keySalt, value, secret).replace(/(.)./g, '$1');
    return `${seconds.toString(36)}-${hash}`;
  }

  #seconds(): number {
    return Math.floor((localTime(this.#now(), settings.TIME_ZONE) - EPOCH) / 1000);
  }
}

/** The one generator of the reset pages. Django: default_token_generator */
export const defaultTokenGenerator = new PasswordResetTokenGenerator();

/**
 * A user's id as it stands in a reset link: base64url of its digits, 42 → `NDI`.
 * Django: utils/http.py urlsafe_base64_encode
 */
export function encodeUid(id: number): string {
  return Buffer.from(String(id)).toString('base64url');
}

/** The id that `encodeUid` made this of, else null. Django: urlsafe_base64_decode */
export function decodeUid(uidb64: string): number | null {
  const id = parseId(Buffer.from(uidb64, 'base64url').toString('latin1'));
  return id !== null && encodeUid(id) === uidb64 ? id : null;
}

/**
 * What the clocks of `zone` show at a moment, as if it were UTC, in milliseconds: Django counts the
 * seconds of a token in local time, so an hour is skipped and one counted twice in a year.
 */
function localTime(moment: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, +value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const month = part('month') - 1;
  return Date.UTC(part('year'), month, part('day'), part('hour'), part('minute'), part('second'));
}

// The database's time is UTC; Django drops its zone and its fraction: `2025-12-31 23:59:58`.
function withoutZone(moment: Date): string {
  return moment.toISOString().slice(0, 19).replace('T', ' ');
}
