import { isPermissionName } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import type { FactorRule } from '@/lib/extras/mfa/apps';

/** The rule of settings.MFA_REQUIRED by which somebody needs a second factor. */
export type Requirement = { readonly rule: FactorRule };

// Those that cost no statement are asked first.
const COSTLESS = ['all', 'staff', 'superuser'];

/**
 * Whether settings.MFA_REQUIRED asks a second factor of this person, and by which rule; null if it
 * does not. Rules about everybody, staff and superusers cost nothing; one about a group or a
 * permission costs the statement that reads what the person holds, once a request.
 * Keycloak's order: what somebody is, then what they hold
 */
export async function factorRequirement(user: User): Promise<Requirement | null> {
  const rules = settings.MFA_REQUIRED;
  const ordered = [
    ...rules.filter((rule) => COSTLESS.includes(rule)),
    ...rules.filter((rule) => !COSTLESS.includes(rule)),
  ];
  for (const rule of ordered) {
    if (await appliesTo(user, rule)) return { rule };
  }
  return null;
}

/**
 * The requirement as a sentence to the person, or to somebody else about them: "A second factor is
 * required of you because you are in Editors."
 */
export function requirementSentence({ rule }: Requirement, whom?: string): string {
  if (rule === 'all') return 'A second factor is required of everybody here.';
  const [of, are, hold] =
    whom === undefined ? ['you', 'you are', 'you hold'] : [whom, 'they are', 'they hold'];
  return `A second factor is required of ${of} because ${reasonOf(rule, are, hold)}.`;
}

function reasonOf(rule: FactorRule, are: string, hold: string): string {
  const [kind, name = ''] = rule.split(/:(.*)/s);
  if (kind === 'group') return `${are} in ${name}`;
  if (kind === 'perm') return `${hold} ${name}`;
  return rule === 'staff' ? `${are} staff` : `${are} a superuser`;
}

async function appliesTo(user: User, rule: FactorRule): Promise<boolean> {
  if (rule === 'all') return true;
  if (rule === 'staff') return user.isStaff;
  if (rule === 'superuser') return user.isSuperuser;
  const [kind, name = ''] = rule.split(/:(.*)/s);
  if (kind === 'group') return (await loadGrants(user)).groups.some((group) => group.name === name);
  return isPermissionName(name) && user.hasPerm(name);
}
