import { randomBytes } from 'node:crypto';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { adapterOf } from '@/lib/extras/socialaccount/providers/adapter-of';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { keepTransaction, type Transaction } from './transaction-cookie';

/** Where a provider sends people back to: registered there, to the character. */
export function callbackUri(request: Pick<HttpRequest, 'origin'>, provider: string): string {
  return `${siteOrigin(request)}/accounts/oidc/${provider}/login/callback/`;
}

/**
 * Begin a sign-in at a provider: where to send the browser, which is given what ties the answer to it.
 * Throws where the provider says nothing of itself. For handlers.
 * allauth: socialaccount/providers/openid_connect/views.py login; OWASP ASVS 5.0 10.1.2
 */
export async function beginAt(
  request: HttpRequest,
  provider: ProviderSetting,
  { process, next }: Pick<Transaction, 'process' | 'next'>,
): Promise<string> {
  const secret = () => randomBytes(32).toString('base64url');
  const secrets = { state: secret(), nonce: secret(), verifier: secret() };
  const adapter = await adapterOf(provider);
  const address = await adapter.begin(secrets, callbackUri(request, provider.id));
  const { user, session } = request;
  await keepTransaction(request, {
    ...secrets,
    provider: provider.id,
    process,
    next,
    user: user.id,
    session: session.keyHash,
    at: Date.now(),
  });
  return address.href;
}
