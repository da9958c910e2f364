import { brought } from '@/lib/apps/registry';
import { globalSettings } from '@/lib/conf/global-settings';
import { settings } from '@/lib/conf/settings';
import { getRandomString } from '@/lib/core/crypto';
import { ImproperlyConfigured, ServiceUnavailable } from '@/lib/core/exceptions';
import { argon2 } from './argon2';
import { bcrypt, bcryptSha256 } from './bcrypt';
import type { PasswordHasher, Work } from './hasher';
import { md5 } from './md5';
import { pbkdf2Sha1, pbkdf2Sha256 } from './pbkdf2';
import { scrypt } from './scrypt';

const UNUSABLE_PASSWORD_PREFIX = '!';
const UNUSABLE_PASSWORD_SUFFIX_LENGTH = 40;

const registry = new Map<string, PasswordHasher>(
  [bcryptSha256, pbkdf2Sha256, pbkdf2Sha1, argon2, bcrypt, scrypt, md5].map((hasher) => [
    hasher.algorithm,
    hasher,
  ]),
);

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Hashers that settings.PASSWORD_HASHERS may list. */
    readonly hashers?: readonly PasswordHasher[];
  }
}

/**
 * Make a hasher known under its algorithm, so that `settings.PASSWORD_HASHERS` may name it, and
 * replace the one of that name. For tests that count hashing; an app brings its own by its config. Returns what puts the former state back.
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
  const others = brought('hashers');
  const hasher = registry.get(name) ?? others.find(({ algorithm }) => algorithm === name);
  if (hasher) return hasher;
  const known = [...registry.keys(), ...others.map(({ algorithm }) => algorithm)].join(', ');
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
 * @example
 * const encoded = await makePassword('correct horse');
 * const unusable = await makePassword(null);
 */
export async function makePassword(password: string | null): Promise<string> {
  if (password === null) {
    return UNUSABLE_PASSWORD_PREFIX + getRandomString(UNUSABLE_PASSWORD_SUFFIX_LENGTH);
  }
  if (typeof password !== 'string') throw new TypeError('A password must be a text.');
  return getHashers()[0].encode(password);
}

/** Work and the hasher that does it. */
export type Effort = { readonly hasher: PasswordHasher; readonly work: Work };

/** What an encoding of this hasher costs to compute, a new one if none is given. */
export function effortOf(hasher: PasswordHasher, encoded?: string): Effort {
  return { hasher, work: hasher.workOf?.(encoded) ?? { kind: hasher.algorithm, units: 1 } };
}

/**
 * Verify a raw password against an encoded one, and re-encode it when policy has moved on.
 * `encoded` is `algorithm$…`. `onUpgrade` runs at most once, and only after a match.
 * Returns false, never throws, for unknown algorithms, damaged and unusable passwords. Whatever is
 * refused costs the same, `efforts` and no less, so that response time does not reveal why: unless
 * told otherwise that is one new encoding, beside the one that a wrong password was compared with
 * if that is of another kind. A right password costs what it costs.
 * Django: contrib/auth/hashers.py check_password, verify_password (which leave other kinds out)
 * @example
 * const isRight = await checkPassword('correct horse', encoded);
 */
export async function checkPassword(
  password: string | null,
  encoded: string | null,
  onUpgrade?: (password: string) => Promise<void>,
  efforts: readonly Effort[] = [effortOf(getHashers()[0])],
): Promise<boolean> {
  const hasher = encoded === null ? null : identifyHasher(encoded);
  if (password === null || encoded === null || hasher === null) {
    await refusePassword(password ?? getRandomString(UNUSABLE_PASSWORD_SUFFIX_LENGTH), efforts);
    return false;
  }
  if (!(await hasher.verify(password, encoded))) {
    // A wrong password must not pass for one that nobody looked at: that is no counted try.
    await spendRest(password, efforts, { hasher, encoded }).catch(nullIfBusy);
    return false;
  }
  const isOfToday = hasher === getHashers()[0] && !hasher.mustUpdate(encoded);
  if (!isOfToday) await onUpgrade?.(password);
  return true;
}

/**
 * Do the work of a refusal without any encoded password to compare: for a name that nobody has, and
 * for whoever may not sign in. Throws ServiceUnavailable as an encoding does.
 */
export async function refusePassword(password: string, efforts: readonly Effort[]): Promise<void> {
  for (const { hasher, work } of efforts) await spend(hasher, password, work);
}

// One after the other, for everybody alike: side by side they would take the time of the longest on
// one machine and of all on another.
async function spendRest(
  password: string,
  efforts: readonly Effort[],
  { hasher: used, encoded }: { hasher: PasswordHasher; encoded: string },
): Promise<void> {
  const done = effortOf(used, encoded).work;
  for (const { hasher, work } of efforts) {
    if (work.kind !== done.kind) await spend(hasher, password, work);
    else if (work.units > done.units) {
      await spend(hasher, password, { ...work, units: work.units - done.units });
    } else if (!used.workOf && used.mustUpdate(encoded))
      await used.hardenRuntime(password, encoded);
  }
}

async function spend(hasher: PasswordHasher, password: string, work: Work): Promise<void> {
  if (hasher.spend) await hasher.spend(password, work);
  else await hasher.encode(password);
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
