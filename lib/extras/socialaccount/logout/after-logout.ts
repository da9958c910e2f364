import { adapterOf } from '@/lib/extras/socialaccount/providers/adapter-of';
import { findProvider } from '@/lib/extras/socialaccount/providers/configured';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { oidcSessionOf } from './oidc-sessions';

/**
 * Where to go on signing out, so that the session at the provider ends too: where its setting says so and
 * it can; null for everybody else. Rejects where it does not answer.
 * OpenID Connect RP-Initiated Logout 1.0
 */
export async function logoutAtProvider(request: HttpRequest): Promise<string | null> {
  const { session } = request;
  const known = session.id === null ? null : await oidcSessionOf(session.id);
  const setting = known && findProvider(known.provider);
  if (!known || setting?.logout !== 'provider' || known.idToken === '') return null;
  const adapter = await adapterOf(setting);
  const back = `${siteOrigin(request)}/accounts/logout/`;
  const address = await adapter.endSession(known.idToken, back);
  return address?.href ?? null;
}
