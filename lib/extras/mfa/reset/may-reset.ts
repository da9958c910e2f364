import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { identityRefusals, type Touched } from '@/lib/contrib/auth/permissions/account-rules';
import { type DbClient, db } from '@/lib/db/client';

/** Who resets, and from where. */
export type Resetter = SecurityRequest & { readonly user: User };

/** What it takes to see and to change other people's second factors. */
export const RESET_PERMISSION = 'mfa.reset_factors';

/**
 * Why somebody who holds `mfa.reset_factors` may not change this person's second factors; null if they
 * may. Nobody resets their own, which would go past them; else it is as with passwords: whoever could
 * do it could be that person, and so has to hold all that they hold.
 */
export async function resetRefusal(
  actor: User,
  target: Touched,
  client: DbClient = db,
): Promise<string | null> {
  if (target.id === actor.id) {
    return 'Nobody resets their own second factors: change them at /accounts/2fa/.';
  }
  const asked = { client, act: 'resets the second factors of' as const };
  return (await identityRefusals(actor, [target], asked)).get(target.id) ?? null;
}
