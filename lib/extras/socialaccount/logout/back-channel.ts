import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose';
import { settings } from '@/lib/conf/settings';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { getLogger } from '@/lib/core/logging';
import { transaction } from '@/lib/db/client';
import { useOnce as takeOnce } from '@/lib/db/secrets/use-once';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { issuerOf } from '@/lib/extras/socialaccount/providers/configured';
import { signerOf } from '@/lib/extras/socialaccount/providers/openid-connect';
import { reasonOf } from '@/lib/extras/socialaccount/transaction/refusal';
import { endOidcSessions } from './oidc-sessions';

const logger = getLogger('socialaccount');

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Seconds after which a logout token is too old. OWASP ASVS 5.0 10.5.5 */
const MAX_AGE = 120;
const LEEWAY = 10;

/** Whom a provider has signed out; one of the two may be ''. */
type LoggedOut = { issuer: string; subject: string; sid: string; jti: string; issued: number };

/**
 * End what a provider says has ended there, at its word that it signs, once. False for a token that is
 * none, which the log says; true also when there was nothing to end.
 * OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8
 */
export async function logOutByProvider(
  request: SecurityRequest,
  setting: ProviderSetting,
  token: string,
): Promise<boolean> {
  const told = await toldBy(setting, token);
  if (!told) return false;
  const once = `${told.issuer} ${told.jti}`;
  const expires = new Date((told.issued + 2 * MAX_AGE) * 1000);
  return transaction(async (tx) => {
    if (!(await takeOnce('logout_token', once, expires, tx))) return false;
    for (const userId of await endOidcSessions(tx, told)) {
      const target = await findUser(getUserModel(), 'id', userId, tx);
      const detail = { reason: 'signed out at the provider', provider: setting.id };
      const whom = target ? { target } : {};
      await logSecurityEvent({ name: 'session_expired', ...whom, request, detail, tx });
    }
    return true;
  });
}

async function toldBy(setting: ProviderSetting, token: string): Promise<LoggedOut | null> {
  try {
    refuseForeign(setting, token);
    return await verifyLogoutToken(setting, token);
  } catch (error) {
    const detail = { provider: setting.id, reason: reasonOf(error) };
    logger.warning('A token that signs somebody out was not taken.', detail);
    return null;
  }
}

// Before anything is asked of the provider: anybody may send us tokens, as often as they like.
function refuseForeign(setting: ProviderSetting, token: string): void {
  const { iss = '' } = decodeJwt(token);
  const isBy = URL.canParse(iss) && new URL(iss).href === new URL(issuerOf(setting)).href;
  if (setting.preset !== 'github' && isBy) return;
  throw new SuspiciousOperation('It is by no provider of OpenID Connect that has this id.');
}

async function verifyLogoutToken(setting: ProviderSetting, token: string): Promise<LoggedOut> {
  const { issuer, keys } = await signerOf(setting);
  const timeoutDuration = settings.SOCIALACCOUNT_REQUESTS_TIMEOUT * 1000;
  const { payload } = await jwtVerify(token, keySet(keys, timeoutDuration), {
    issuer,
    audience: setting.clientId,
    typ: 'logout+jwt',
    maxTokenAge: MAX_AGE,
    clockTolerance: LEEWAY,
    requiredClaims: ['iat', 'jti'],
  });
  const { sub = '', sid, jti = '', iat = 0, events } = payload;
  const session = typeof sid === 'string' ? sid : '';
  const isLogout = typeof events === 'object' && events !== null && EVENT in events;
  if (!isLogout || 'nonce' in payload || (sub === '' && session === '')) {
    throw new SuspiciousOperation('It is of another kind, or names nobody.');
  }
  return { issuer, subject: sub, sid: session, jti, issued: iat };
}

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

// Kept, so that not each token asks the provider for its keys.
function keySet(address: string, timeoutDuration: number) {
  const known = keySets.get(address);
  if (known) return known;
  const made = createRemoteJWKSet(new URL(address), {
    timeoutDuration,
    [customFetch]: (url, options) => fetch(url, { ...options, redirect: 'error' }),
  });
  keySets.set(address, made);
  return made;
}
