import type { Fact } from '@/lib/contrib/admin/options';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { db } from '@/lib/db/client';

/** What the admin's page of a user says of one who is a program; nothing of a person. */
export async function serviceFacts({ id }: { id: number }): Promise<Fact[]> {
  const row = await db.serviceAccount.findUnique({ where: { userId: id } });
  if (!row) return [];
  const owner =
    row.ownerId === null ? undefined : (await userNames([row.ownerId])).get(row.ownerId);
  const answers = owner ? `${owner.username} answers for it` : 'nobody answers for it';
  return [{ label: 'Service account', text: `${row.purpose}; ${answers}.` }];
}
