import { isPermissionName } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { db } from '@/lib/db/client';
import { requiredKinds } from './factors/kinds';

/** Superusers who need no second factor, where others can reach the server. OWASP ASVS 5.0 6.3.3 */
export async function checkSuperusers(): Promise<CheckMessage[]> {
  const covers = ['all', 'superuser'];
  if (settings.MFA_REQUIRED.some((rule) => covers.includes(rule))) return [];
  const message = 'Superusers need no second factor.';
  const hint = "Add 'superuser' or 'all' to MFA_REQUIRED.";
  return [checkWarning('mfa.W001', message, hint)];
}

/** A policy that people without JavaScript cannot meet, and values that no app understands. */
export async function checkFactorSettings(): Promise<CheckMessage[]> {
  const found: CheckMessage[] = [];
  const hasTotp = requiredKinds().some(({ name }) => name === 'totp');
  if (settings.MFA_REQUIRED.length > 0 && !hasTotp) {
    const message = 'MFA_REQUIRED asks for a second factor, and only passkeys satisfy it.';
    const hint =
      "They need JavaScript: add 'totp' to MFA_SUPPORTED_TYPES and MFA_REQUIRED_TYPES, or be sure that everybody has it.";
    found.push(checkWarning('mfa.W002', message, hint));
  }
  const { MFA_TOTP_DIGITS: digits, MFA_TOTP_PERIOD: period, MFA_TOTP_TOLERANCE: steps } = settings;
  const isSound = [6, 7, 8].includes(digits) && isWhole(period, 1) && isWhole(steps, 0);
  if (!isSound) {
    const message = 'MFA_TOTP_DIGITS, _PERIOD or _TOLERANCE is nothing that an app can follow.';
    found.push(checkError('mfa.E001', message, 'Use 6 digits, 30 seconds and 1 step.'));
  }
  if (!isWhole(settings.MFA_RECOVERY_CODE_COUNT, 1) || settings.MFA_RECOVERY_CODE_COUNT > 50) {
    const message = 'MFA_RECOVERY_CODE_COUNT is no number from 1 to 50.';
    found.push(checkError('mfa.E002', message, 'Use 10.'));
  }
  return found;
}

/** Rules of MFA_REQUIRED that name a group or a permission which does not exist: they bind nobody. */
export async function checkRules(): Promise<CheckMessage[]> {
  const missing: string[] = [];
  for (const rule of settings.MFA_REQUIRED) {
    const [kind, name = ''] = rule.split(/:(.*)/s);
    if (kind === 'perm' && !isPermissionName(name)) missing.push(rule);
    if (kind === 'group' && (await db.group.count({ where: { name } })) === 0) missing.push(rule);
  }
  return missing.map((rule) =>
    checkWarning(
      'mfa.W003',
      `MFA_REQUIRED has the rule '${rule}', and there is none of that name.`,
      'Correct the name, or make the group: until then the rule binds nobody.',
    ),
  );
}

function isWhole(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}
