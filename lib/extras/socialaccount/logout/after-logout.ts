import { randomBytes } from 'node:crypto';
import { getLogger } from '@/lib/core/logging';
import { adapterOf } from '@/lib/extras/socialaccount/providers/adapter-of';
import { findProvider } from '@/lib/extras/socialaccount/providers/configured';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { oidcSessionOf } from './oidc-sessions';

const logger = getLogger('socialaccount');

/**
 * Where to go on signing out, so that the session at the provider ends too: where its setting says so and
 * it can. Null for everybody else, and where it does not answer: signing out here always works.
 * OpenID Connect RP-Initiated Logout 1.0
 */
export async function logoutAtProvider(request: HttpRequest): Promise<string | null> {
  const { session } = request;
  const known = session.id === null ? null : await oidcSessionOf(session.id);
  const setting = known && findProvider(known.provider);
  if (!known || setting?.logout !== 'provider' || known.idToken === '') return null;
  try {
    const adapter = await adapterOf(setting);
    const address = await adapter.endSession(
      known.idToken,
      `${siteOrigin(request)}/accounts/logout/`,
    );
    address?.searchParams.set('state', randomBytes(16).toString('base64url'));
    return address?.href ?? null;
  } catch {
    logger.warning('A provider could not be asked to sign somebody out.', { provider: setting.id });
    return null;
  }
}
