import { boundedCounts, counted } from '@/lib/contrib/admin/home/bounded-counts';
import type { HomePart } from '@/lib/contrib/admin/home/home-parts';
import { Prisma } from '@/lib/db/client';

/** Who has to wait at the moment. */
export const throttlingHome: HomePart = {
  models: ['security.throttle'],
  async attention() {
    const waiting = Prisma.sql`auth_throttle WHERE blocked_until > ${new Date()}`;
    const [count] = await boundedCounts([waiting]);
    if (!count || count.value === 0) return [];
    const text = `${counted(count, 'sign-in limit is', 'sign-in limits are')} making somebody wait`;
    return [{ text, href: '/admin/security/throttle/' }];
  },
};
