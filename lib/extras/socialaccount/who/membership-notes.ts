import { settings } from '@/lib/conf/settings';
import type { MembershipNote } from '@/lib/contrib/auth/permissions/membership-notes';
import { chunksOf } from '@/lib/db/chunks';
import { db } from '@/lib/db/client';
import { providerName } from '@/lib/extras/socialaccount/providers/configured';
import { sourceOf } from './groups';

/** Which memberships of these people a provider gave, and since when. Nothing is asked where none gives any. */
export async function providerNotes(userIds: readonly number[]): Promise<MembershipNote[]> {
  const giving = settings.SOCIALACCOUNT_PROVIDERS.filter(({ groups }) => groups !== undefined);
  if (giving.length === 0) return [];
  const names = new Map(giving.map((each) => [sourceOf(each.id), providerName(each)]));
  const notes: MembershipNote[] = [];
  for (const chunk of chunksOf(userIds)) {
    const where = { userId: { in: chunk }, source: { in: [...names.keys()] } };
    for (const row of await db.groupSource.findMany({ where, orderBy: { id: 'asc' } })) {
      const { userId, groupId, source, created } = row;
      notes.push({ userId, groupId, note: `by ${names.get(source)} since ${dayOf(created)}` });
    }
  }
  return notes;
}

function dayOf(moment: Date): string {
  const zone = { timeZone: settings.TIME_ZONE, dateStyle: 'medium' } as const;
  return new Intl.DateTimeFormat('en-GB', zone).format(moment);
}
