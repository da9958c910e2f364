import { settings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';

/**
 * Delete what ended or was answered longer than ACCESS_REQUESTS_KEEP ago; gives how many grants and
 * requests those were. Nothing depends on it: what has ended counts nowhere.
 */
export async function clearExpiredGrants(
  now = new Date(),
): Promise<{ grants: number; requests: number }> {
  const before = new Date(now.getTime() - settings.ACCESS_REQUESTS_KEEP * 1000);
  const { count: grants } = await db.timedGrant.deleteMany({ where: { until: { lt: before } } });
  const where = { state: { not: 'open' }, decided: { lt: before } };
  const { count: requests } = await db.accessRequest.deleteMany({ where });
  return { grants, requests };
}
