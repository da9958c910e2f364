import type { PendingState } from '@/lib/contrib/auth/sign-in/pending-state';
import { type DbClient, db } from '@/lib/db/client';
import { factorKinds } from '@/lib/extras/mfa/factors/kinds';

/**
 * Whether the factor that somebody has set up on their way in is theirs still. Whoever knew the
 * password alone might have set it up: a reset takes it away, and the owner's next one is newer than
 * the proof, so that what is left of such a sign-in leads nowhere.
 */
export async function hasEnrolledFactor(
  userId: number,
  { methods }: Pick<PendingState, 'methods'>,
  client: DbClient = db,
): Promise<boolean> {
  for (const kind of factorKinds().filter(({ standsAlone }) => standsAlone)) {
    const proof = methods.find(({ method }) => method === kind.method);
    if (!proof) continue;
    const factors = await kind.factorsOf(userId, client);
    if (factors.some(({ created }) => created.getTime() <= proof.at)) return true;
  }
  return false;
}
