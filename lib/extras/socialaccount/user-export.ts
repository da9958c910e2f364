import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { claimOf } from './links/social-accounts';

const CLAIMS = ['iss', 'sub', 'email', 'name', 'preferred_username'] as const;

/** The links of a person with what is kept of each, and which memberships a provider gave them. */
export async function exportLinks(user: User) {
  const where = { userId: user.id };
  const links = await db.socialAccount.findMany({ where, orderBy: { id: 'asc' } });
  const sources = await db.groupSource.findMany({ where, orderBy: { id: 'asc' } });
  const groups = await db.group.findMany({
    where: { id: { in: sources.map(({ groupId }) => groupId) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(groups.map(({ id, name }) => [id, name]));
  return {
    links: links.map(({ provider, uid, dateJoined, lastLogin, extraData }) => ({
      provider,
      uid,
      dateJoined,
      lastLogin,
      told: Object.fromEntries(CLAIMS.map((name) => [name, claimOf(extraData, name)])),
    })),
    groupsByProviders: sources.map(({ groupId, source, created }) => ({
      group: nameOf.get(groupId) ?? '',
      source,
      created,
    })),
  };
}
