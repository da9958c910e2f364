import { settings } from '@/lib/conf/settings';
import { saltedHmac } from '@/lib/core/crypto';
import { foldCase } from '@/lib/core/fold-case';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';

/** Seconds that nobody can take a username that somebody has given up: thirty days. */
const RESERVED = 30 * 86_400;

/** Whether a username was given up not long ago, upper and lower case aside. */
export async function isRetired(
  username: string,
  client: DbClient = db,
  now = new Date(),
): Promise<boolean> {
  const secrets = [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS];
  const nameHash = { in: secrets.map((secret) => hashOf(username, secret)) };
  return (await client.retiredUsername.count({ where: { nameHash, until: { gt: now } } })) > 0;
}

/** Keep a username from being taken for a while: whoever trusts the name must not meet somebody else. */
export async function retireUsername(
  tx: TransactionClient,
  username: string,
  now = new Date(),
): Promise<void> {
  const nameHash = hashOf(username, settings.SECRET_KEY);
  const until = new Date(now.getTime() + RESERVED * 1000);
  await tx.retiredUsername.deleteMany({ where: { nameHash } });
  await tx.retiredUsername.create({ data: { nameHash, until } });
}

/** Delete what keeps nobody from anything any more. Returns how many. */
export async function clearRetired(now = new Date()): Promise<number> {
  const { count } = await db.retiredUsername.deleteMany({ where: { until: { lte: now } } });
  return count;
}

function hashOf(username: string, secret: string): string {
  return saltedHmac('gatehouse.account.retired-username', foldCase(username), secret);
}
