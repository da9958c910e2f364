import { globalSettings } from '@/lib/conf/global-settings';
import { settings } from '@/lib/conf/settings';
import { getHashers, identifyHasher } from '@/lib/contrib/auth/hashers';
import { findUserModel } from '@/lib/contrib/auth/users/user-model';
import { type CheckMessage, checkWarning } from '@/lib/core/checks/registry';
import { isMigratedByDjango } from '@/lib/db/migrations/migration-history';
import { type StoredHashes, storedHashes } from './stored-hashes';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * Passwords that no hasher of the settings reads, or that a Django beside this reads only with a package
 * that most people's do not need, by how many there are, and a database that
 * Django has migrated whose new people would get hashes of another kind than everybody there has. Reads the
 * user model's table once. Silent while that cannot be read: another check says so.
 * Django: no counterpart; a sign-in there fails with "Unknown password hashing algorithm"
 */
export async function checkStoredHashes(): Promise<CheckMessage[]> {
  if (!findUserModel()) return [];
  const found = await readTable();
  return found === null
    ? []
    : [...unreadable(found.hashes), ...otherwise(found), ...unreadableThere(found)];
}

/** The packages without which a Django does not read an algorithm: none is among those it needs itself. */
const LIBRARIES: Readonly<Record<string, string>> = {
  bcrypt_sha256: 'bcrypt',
  bcrypt: 'bcrypt',
  argon2: 'argon2-cffi',
};

/** The algorithm that most of the passwords have, of those that can be read; null if there is none. */
export function commonestAlgorithm(hashes: readonly StoredHashes[]): string | null {
  const counts = new Map<string, number>();
  for (const { samples, count } of hashes) {
    const algorithm = algorithmOf(samples);
    if (algorithm) counts.set(algorithm, (counts.get(algorithm) ?? 0) + count);
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? null;
}

async function readTable(): Promise<{ hashes: StoredHashes[]; isOfDjango: boolean } | null> {
  try {
    return { hashes: await storedHashes(), isOfDjango: await isMigratedByDjango() };
  } catch {
    return null;
  }
}

function unreadable(hashes: readonly StoredHashes[]): CheckMessage[] {
  const unknown = hashes.filter(({ kind, samples }) => /^[^!]/.test(kind) && !algorithmOf(samples));
  if (unknown.length === 0) return [];
  const names = new Set(unknown.map(({ kind }) => kind.replace(/^\?/, '').split('$', 1)[0]));
  const people = unknown.reduce((sum, { count }) => sum + count, 0);
  const message = `${people} stored password(s) cannot be read (${[...names].join(', ')}): nobody signs in with them.`;
  const hint =
    'List a hasher of that name in PASSWORD_HASHERS, and install its package; else let these people reset their passwords.';
  return [checkWarning('auth.W107', message, hint)];
}

function otherwise({ hashes, isOfDjango }: { hashes: StoredHashes[]; isOfDjango: boolean }) {
  const isChosen = settings.PASSWORD_HASHERS !== globalSettings.PASSWORD_HASHERS;
  const theirs = commonestAlgorithm(hashes);
  const [{ algorithm }] = getHashers();
  if (!isOfDjango || isChosen || theirs === null || theirs === algorithm) return [];
  const message = `Django has migrated this database, which holds ${theirs}; but new people get ${algorithm}, which a Django without its library cannot read.`;
  const hint = `If Django goes on serving it, put '${theirs}' first in PASSWORD_HASHERS; if not, list '${algorithm}' first there yourself: see docs/django-database.md.`;
  return [checkWarning('auth.W108', message, hint)];
}

// A Django that lacks the package answers such a person with an error of the server, not with a refusal.
function unreadableThere({ hashes, isOfDjango }: { hashes: StoredHashes[]; isOfDjango: boolean }) {
  const theirs = commonestAlgorithm(hashes);
  if (!isOfDjango || theirs === null) return [];
  const counts = new Map<string, number>();
  for (const { samples, count } of hashes) {
    const library = LIBRARIES[algorithmOf(samples) ?? ''];
    if (library === undefined || library === LIBRARIES[theirs]) continue;
    counts.set(library, (counts.get(library) ?? 0) + count);
  }
  return [...counts].map(([library, people]) =>
    checkWarning(
      'auth.W109',
      `${people} stored password(s) can be read by a Django only that has the package ${library}.`,
      `Install ${library} there; else let these people reset their passwords. See docs/django-database.md.`,
    ),
  );
}

function algorithmOf(samples: readonly string[]): string | null {
  return samples.map((encoded) => identifyHasher(encoded)?.algorithm).find(Boolean) ?? null;
}
