import type { LoginStage } from '@/lib/contrib/auth/sign-in/login-stages';
import { isServiceAccount } from '@/lib/extras/tokens/models';

/** The name of the stage at which a sign-in to a program's account ends. */
export const SERVICE_STAGE = 'service_account';

/**
 * Nobody signs in as a program, whatever they prove: a link, a provider, a key. Its stage has no way
 * through. Whoever has a password is asked nothing, so that a sign-in costs no statement more: a
 * service account has none, and `manage check` names one that was given one.
 */
export const serviceStage: LoginStage = {
  name: SERVICE_STAGE,
  path: '/accounts/tokens/service/',
  isRequired: async (user) => !user.hasUsablePassword() && isServiceAccount(user),
};
