import { settings } from '@/lib/conf/settings';
import type { Admission } from '@/lib/contrib/auth/decorators';
import { authMethods, twoFactorMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import type { Session } from '@/lib/contrib/sessions/session';
import { LoginRequired } from '@/lib/http/entry-points/admit';
import { ACTIVATE_PATH, ADD_PASSKEY_PATH, AUTHENTICATE_PATH, OVERVIEW_PATH } from './addresses';
import { prepareEnrolment } from './enrolment/totp-enrolment';
import { requiredKinds } from './factors/kinds';
import { hasFactor, hasRequiredFactor, requiredMethods, TRUSTED_BROWSER } from './possession';
import { factorRequirement, requirementSentence } from './requirement';

/**
 * Send whoever settings.MFA_REQUIRED asks a second factor of, and whose session rests on none, to
 * where they give it, or set one up if they have none; at each request, so that a group that was
 * given in mid-session counts at the next. A program's token is not asked, nor whom a proxy vouches
 * for, unless MFA_REQUIRED_FOR_REMOTE; who acts as somebody was asked before they began. Whoever has a
 * factor and comes with a session that began at Django, which asks for none, is asked in any case.
 */
export const admitWithFactor: Admission = async (request) => {
  const { user, session, path, isWithoutCookies } = request;
  if (isWithoutCookies || user.impersonator) return;
  if (beganAtDjango(session) && (await hasFactor(user))) {
    const reason = 'You signed in without your second factor. Nothing is saved.';
    throw new LoginRequired(redirectToLogin(path, AUTHENTICATE_PATH), '', reason);
  }
  if (settings.MFA_REQUIRED.length === 0 || isExempt(session)) return;
  const requirement = await factorRequirement(user);
  if (!requirement) return;
  const place = (await hasRequiredFactor(user)) ? AUTHENTICATE_PATH : setUpPath();
  const reason = requirementSentence(requirement);
  const prepare = async () => {
    if (place === ACTIVATE_PATH) await prepareEnrolment(request, user);
  };
  throw new LoginRequired(redirectToLogin(path, place), '', `${reason} Nothing is saved.`, prepare);
};

function setUpPath(): string {
  const names = requiredKinds().map(({ name }) => name);
  if (names.includes('totp')) return ACTIVATE_PATH;
  return names.includes('webauthn') ? ADD_PASSKEY_PATH : OVERVIEW_PATH;
}

/**
 * Whether a session rests on a second factor, of those that settings.MFA_REQUIRED_TYPES names if it
 * does, or else on a browser that was trusted in the place of any.
 */
export function restsOnFactor(session: Pick<Session, 'get'>): boolean {
  const isAny = settings.MFA_REQUIRED_TYPES.length === 0;
  const enough = isAny
    ? [...requiredMethods(), ...twoFactorMethods(), TRUSTED_BROWSER]
    : requiredMethods();
  return authMethods(session).some(({ method }) => enough.includes(method));
}

function beganAtDjango(session: Pick<Session, 'get'>): boolean {
  return settings.SESSION_ENGINE === 'django.db' && authMethods(session).length === 0;
}

function isExempt(session: Pick<Session, 'get'>): boolean {
  if (restsOnFactor(session)) return true;
  const isRemote = authMethods(session).some(({ method }) => method === 'remote_user');
  return isRemote && !settings.MFA_REQUIRED_FOR_REMOTE;
}
