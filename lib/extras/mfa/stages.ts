import { twoFactorMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import type { LoginStage } from '@/lib/contrib/auth/sign-in/login-stages';
import type { PendingState } from '@/lib/contrib/auth/sign-in/pending-state';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { LoginRequired } from '@/lib/http/entry-points/admit';
import { AUTHENTICATE_PATH, ENROLL_CODES_PATH, ENROLL_PATH } from './addresses';
import { hasEnrolledFactor } from './enrolment/enrolled-factor';
import { prepareCodes } from './enrolment/new-recovery-codes';
import { prepareEnrolment } from './enrolment/totp-enrolment';
import { findFactorKind } from './factors/kinds';
import { awaitsTicket, factorMethods, hasFactor } from './possession';
import { factorRequirement } from './requirement';
import { standInForFactor } from './trusted-browsers';

/**
 * What a second factor asks between the first one and being signed in: the factor of whoever has one,
 * else one to be set up of whoever needs one, by a rule or after a reset, and then its recovery codes.
 * Which factors somebody has is shown to nobody before.
 * allauth: mfa/stages.py AuthenticateStage
 */
export const mfaStages: readonly LoginStage[] = [
  {
    name: 'mfa_authenticate',
    path: AUTHENTICATE_PATH,
    isRequired: async (user, pending) => !hasProven(pending) && (await hasFactor(user)),
    standIn: standInForFactor,
  },
  {
    name: 'mfa_enroll',
    path: ENROLL_PATH,
    async isRequired(user, pending) {
      if (hasProven(pending) || (await hasFactor(user))) return false;
      return (await awaitsTicket(user)) || (await factorRequirement(user)) !== null;
    },
    async standIn({ headers }, user) {
      if (headers) await prepareEnrolment({ headers }, user);
      return null;
    },
  },
  {
    name: 'mfa_recovery_codes',
    path: ENROLL_CODES_PATH,
    async isRequired(user, pending) {
      if (!pending.passed.includes('mfa_enroll')) return false;
      // Asked again after each stage between: there, too, somebody may wait for a reset to be over.
      if (!(await hasEnrolledFactor(user.id, pending)))
        throw new LoginRequired(redirectToLogin(''));
      return findFactorKind('recovery_codes') !== null;
    },
    async standIn({ headers }, user) {
      if (headers) await prepareCodes({ headers }, user);
      return null;
    },
  },
];

function hasProven({ methods }: PendingState): boolean {
  const factors = [...factorMethods(), ...twoFactorMethods()];
  return methods.some(({ method }) => factors.includes(method));
}
