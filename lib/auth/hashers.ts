import { globalSettings } from '@/lib/conf/global-settings';
import { settings } from '@/lib/conf/settings';
import { getRandomString } from '@/lib/core/crypto';
import { ImproperlyConfigured, ServiceUnavailable } from '@/lib/core/exceptions';
import { argon2 } from './hashers/argon2';
import { bcrypt } from './hashers/bcrypt';
import { bcryptSha256 } from './hashers/bcrypt-sha256';
import type { PasswordHasher } from './hashers/hasher';
import { md5 } from './hashers/md5';
import { pbkdf2Sha1 } from './hashers/pbkdf2-sha1';
import { pbkdf2Sha256 } from './hashers/pbkdf2-sha256';
import { scrypt } from './hashers/scrypt';

const UNUSABLE_PASSWORD_PREFIX = '!';
const UNUSABLE_PASSWORD_SUFFIX_LENGTH = 40;

const registry = new Map<string, PasswordHasher>(
  [bcryptSha256, pbkdf2Sha256, pbkdf2Sha1, argon2, bcrypt, scrypt, md5].map((hasher) => [
    hasher.algorithm,
    hasher,
  ]),
);

/**
 * Make a hasher known under its algorithm, so that `settings.PASSWORD_HASHERS` may name it, and
 * replace the one of that name. For tests that count hashing; a project adds its hasher to the list
 * above. Returns what puts the former state back.
 * Django: PASSWORD_HASHERS (a dotted path there)
 */
export function registerHasher(hasher: PasswordHasher): () => void {
  const former = registry.get(hasher.algorithm);
  registry.set(hasher.algorithm, hasher);
  return () => {
    if (former) registry.set(former.algorithm, former);
    else registry.delete(hasher.algorithm);
  };
}

/**
 * The hashers of `settings.PASSWORD_HASHERS`, in order: the first encodes, all verify. Of the
 * default list, those whose package is not installed are left out.
 * Throws ImproperlyConfigured when there is none, one that nobody registered, or one that the
 * project itself lists and whose package is missing.
 * Django: contrib/auth/hashers.py get_hashers
 */
export function getHashers(): [PasswordHasher, ...PasswordHasher[]] {
  const names = settings.PASSWORD_HASHERS;
  const isDefault = names === globalSettings.PASSWORD_HASHERS;
  const [preferred, ...others] = names.map(getHasher).filter((hasher) => {
    if (hasher.isInstalled?.() !== false) return true;
    if (isDefault) return false;
    throw new ImproperlyConfigured(
      `PASSWORD_HASHERS names "${hasher.algorithm}", whose package is not installed.`,
    );
  });
  if (!preferred) throw new ImproperlyConfigured('PASSWORD_HASHERS is empty; name at least one.');
  return [preferred, ...others];
}

function getHasher(name: string): PasswordHasher {
  const hasher = registry.get(name);
  if (hasher) return hasher;
  const known = [...registry.keys()].join(', ');
  throw new ImproperlyConfigured(`PASSWORD_HASHERS names "${name}"; known are ${known}.`);
}

/**
 * The configured hasher that made an encoded password; null for an unusable, empty or damaged one
 * and for an algorithm that the settings do not list.
 * Django: contrib/auth/hashers.py identify_hasher (which raises)
 */
export function identifyHasher(encoded: string): PasswordHasher | null {
  return getHashers().find((hasher) => hasher.accepts(encoded)) ?? null;
}

/**
 * Encode a password for storage with the preferred hasher. Null gives an unusable password, `!` and
 * 40 random characters; an empty password is a password. Throws TypeError for anything but a text.
 * Django: contrib/auth/hashers.py make_password
 */
export async function makePassword(password: string | null): Promise<string> {
  if (password === null) {
    return UNUSABLE_PASSWORD_PREFIX + getRandomString(UNUSABLE_PASSWORD_SUFFIX_LENGTH);
  }
  if (typeof password !== 'string') throw new TypeError('A password must be a text.');
  return getHashers()[0].encode(password);
}

/**
 * Verify a raw password against an encoded one, and re-encode it when policy has moved on.
 * `encoded` is `algorithm$…`. `onUpgrade` runs at most once, and only after a match.
 * Returns false, never throws, for unknown algorithms, damaged and unusable passwords; those paths
 * still burn one default hash, and a wrong password for an older encoding as much work as a new
 * one, so that response time does not reveal them.
 * Django: contrib/auth/hashers.py check_password, verify_password
 */
export async function checkPassword(
  password: string | null,
  encoded: string | null,
  onUpgrade?: (password: string) => Promise<void>,
): Promise<boolean> {
  const hasher = encoded === null ? null : identifyHasher(encoded);
  if (password === null || encoded === null || hasher === null) {
    await makePassword(getRandomString(UNUSABLE_PASSWORD_SUFFIX_LENGTH));
    return false;
  }
  const isPreferred = hasher === getHashers()[0];
  const mustUpdate = !isPreferred || hasher.mustUpdate(encoded);
  const isCorrect = await hasher.verify(password, encoded);
  if (!isCorrect && isPreferred && mustUpdate) {
    // A wrong password must not pass for one that nobody looked at: that is no counted try.
    await hasher.hardenRuntime(password, encoded).catch(nullIfBusy);
  }
  if (isCorrect && mustUpdate) await onUpgrade?.(password);
  return isCorrect;
}

/** Null for a ServiceUnavailable, of work that may be left undone; throws what else there is. */
export function nullIfBusy(error: unknown): null {
  if (error instanceof ServiceUnavailable) return null;
  throw error;
}

/**
 * Whether an encoded password may match anything: all that does not begin with `!`, so that empty
 * and damaged ones count as usable too.
 * Django: contrib/auth/hashers.py is_password_usable
 */
export function isPasswordUsable(encoded: string | null): boolean {
  return encoded === null || !encoded.startsWith(UNUSABLE_PASSWORD_PREFIX);
}
