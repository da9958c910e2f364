import { isInstalled } from '@/lib/apps/installed';
import { brought } from '@/lib/apps/registry';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { listPermissions } from '@/lib/contrib/auth/permissions/decisions';
import { notHeld } from '@/lib/extras/grant-rules/may-grant';

/** What acting as somebody needs. */
const ACQUIRE = 'hijack.add_impersonation';

/**
 * Why somebody may not act as somebody else, in a sentence; null if they may. Nobody rises by it: every
 * permission of the other is held by whoever asks, so that only what one may do anyway is done. Rules of
 * other apps, `impersonationRules`, can only refuse.
 * django-hijack: permissions.py superusers_only, superusers_and_staff
 */
export async function whyNotImpersonate(actor: User, target: User): Promise<string | null> {
  if (!isInstalled('hijack')) return 'Nobody acts as somebody else here.';
  if (actor.impersonator) return 'You are acting as somebody already.';
  if (!actor.isActive || !(await actor.hasPerm(ACQUIRE))) return `You do not hold ${ACQUIRE}.`;
  if (actor.equals(target)) return 'This is you.';
  if (!target.isActive) return 'The account is inactive: nobody acts in it.';
  const name = target.getUsername();
  if (target.isSuperuser && !(settings.HIJACK_SUPERUSERS && actor.isSuperuser)) {
    return `${name} is a superuser.`;
  }
  if (target.isStaff && !settings.HIJACK_STAFF) return `${name} is a member of staff.`;
  if (target.isStaff && !actor.isStaff) return `${name} is a member of staff, and you are not.`;
  const missing = await missingOf(actor, target);
  if (missing !== null) return `${name} holds ${missing}, which you do not hold.`;
  for (const rule of brought('impersonationRules')) {
    const refusal = await rule(actor, target);
    if (refusal !== null) return refusal;
  }
  return null;
}

async function missingOf(actor: User, target: User): Promise<string | null> {
  const held = [...(await listPermissions(target)).keys()].map((perm) => ({ id: 0, perm }));
  const [first] = await notHeld(actor, held);
  return first?.perm ?? null;
}
