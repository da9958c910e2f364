import { db } from '@/lib/db/client';
import { allTokensOf } from './models';

/**
 * The access tokens of a person, those that ended too, and the programs that they answer for: nothing of
 * a token's text.
 * GDPR, article 15
 */
export async function exportTokens({ id }: { id: number }) {
  const serviceAccounts = await db.serviceAccount.findMany({
    where: { ownerId: id },
    select: { purpose: true, created: true },
    orderBy: { id: 'asc' },
  });
  const tokens = (await allTokensOf(id)).map((token) => {
    const { name, isFull, permissions, networks, lastUsed, lastUsedIp } = token;
    const { created, expires, revoked } = token;
    return {
      name,
      isFull,
      permissions,
      networks,
      created,
      expires,
      revoked,
      lastUsed,
      lastUsedIp,
    };
  });
  return { tokens, serviceAccounts };
}
