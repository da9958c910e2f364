import { settings } from '@/lib/conf/settings';
import { getHashers, identifyHasher, makePassword } from '@/lib/contrib/auth/hashers';
import { isMigratedByDjango } from '@/lib/db/migrations/migration-history';

/**
 * What settings.PASSWORD_UPGRADE says for this database: Django's hashes stay where Django goes on
 * reading them.
 */
export async function upgradePolicy(): Promise<'always' | 'weaker only' | 'never'> {
  if (settings.PASSWORD_UPGRADE !== null) return settings.PASSWORD_UPGRADE;
  return (await isMigratedByDjango()) ? 'weaker only' : 'always';
}

/**
 * A right password encoded anew, of which a new encoding would differ from `encoded`; null where
 * the policy lets it stay. What is only too weak keeps its algorithm: whoever else reads the
 * database knows that one. Throws as `makePassword` does.
 */
export async function upgradedPassword(password: string, encoded: string): Promise<string | null> {
  const policy = await upgradePolicy();
  if (policy === 'never') return null;
  if (policy === 'always') return makePassword(password);
  const hasher = identifyHasher(encoded);
  if (!hasher?.isGoodEnough) return makePassword(password);
  return hasher.isGoodEnough(encoded) ? null : hasher.encode(password);
}

/**
 * A new password for somebody whose present one is `encoded`: where the policy keeps hashes, by the
 * algorithm that they have, if it is a good one, and by the preferred one otherwise.
 */
export async function replacedPassword(password: string, encoded: string): Promise<string> {
  const hasher = identifyHasher(encoded);
  if (!hasher?.isGoodEnough || hasher === getHashers()[0]) return makePassword(password);
  return (await upgradePolicy()) === 'always' ? makePassword(password) : hasher.encode(password);
}
