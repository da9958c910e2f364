import { admittedUser } from '@/lib/contrib/auth/backends';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { success } from '@/lib/contrib/messages/api';
import { useOnce as takeOnce } from '@/lib/db/secrets/use-once';
import { LINKS_PATH, outcomePath } from '@/lib/extras/socialaccount/addresses';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { keepOffer } from '@/lib/extras/socialaccount/links/link-offer';
import { rememberSignIn } from '@/lib/extras/socialaccount/logout/oidc-sessions';
import { tellOfWho } from '@/lib/extras/socialaccount/mails/tell';
import type { Identity, ToldName } from '@/lib/extras/socialaccount/providers/adapter';
import { adapterOf } from '@/lib/extras/socialaccount/providers/adapter-of';
import { providerName } from '@/lib/extras/socialaccount/providers/configured';
import { whoIsIt } from '@/lib/extras/socialaccount/who/who-is-it';
import type { HttpRequest } from '@/lib/http/request';
import { callbackUri } from './begin';
import { connectIdentity } from './connect';
import { NOT_BEGUN, reasonOf, refuseSignIn } from './refusal';
import {
  dropTransaction,
  openTransaction,
  TRANSACTION_AGE,
  type Transaction,
} from './transaction-cookie';

/**
 * Take a provider's answer: it must be to what this browser began, at this provider, and be the first.
 * Then whoever it is about is let in as after any first factor. Gives where to go; for handlers.
 * allauth: socialaccount/providers/openid_connect/views.py callback; OWASP ASVS 5.0 10.1.2
 */
export async function finishAt(
  request: HttpRequest,
  setting: ProviderSetting,
  search: string,
  name?: ToldName,
): Promise<string> {
  const query = new URLSearchParams(search);
  const state = query.get('state') ?? '';
  const begun = await openTransaction(request, { state, provider: setting.id });
  if (!begun) return refuseSignIn(request, setting.id, NOT_BEGUN);
  await dropTransaction(request, begun);
  const expires = new Date(begun.at + 2 * TRANSACTION_AGE * 1000);
  if (!(await takeOnce('oidc', begun.state, expires))) {
    return refuseSignIn(request, setting.id, 'answered before');
  }
  if (query.get('error') === 'access_denied') return backFrom(begun);
  let identity: Identity;
  try {
    const url = new URL(`${callbackUri(request, setting.id)}?${query}`);
    const adapter = await adapterOf(setting);
    identity = await adapter.identify({ url, secrets: begun, ...(name && { name }) });
  } catch (error) {
    return refuseSignIn(request, setting.id, reasonOf(error));
  }
  return begun.process === 'connect'
    ? connectIdentity(request, identity, begun)
    : letIn(request, setting, { identity, next: begun.next });
}

function backFrom({ process, next }: Transaction): string {
  return process === 'connect' ? LINKS_PATH : redirectToLogin(next ?? '');
}

async function letIn(
  request: HttpRequest,
  setting: ProviderSetting,
  { identity, next }: { identity: Identity; next: string | null },
): Promise<string> {
  const { id } = setting;
  const who = await whoIsIt(request, setting, identity);
  if (who.kind === 'refused') return refuseSignIn(request, id, who.reason);
  if (who.kind === 'closed') return outcomePath('closed', { provider: id });
  if (who.kind === 'offer') {
    await keepOffer(request, { identity, userId: who.userId });
    return outcomePath('link', { provider: id, next: next ?? '' });
  }
  const admitted = await admittedUser(who.user.id);
  if (!admitted) return refuseSignIn(request, id, 'not let in');
  const { user, backend } = admitted;
  if (who.made === 'account') {
    success(request, `Welcome, ${user.username}. Your account is made.`);
  }
  tellOfWho(request, who, setting);
  if (who.made === 'link') success(request, `You can sign in with ${providerName(setting)} now.`);
  const method = identity.hasSecondFactor ? 'oidc_mfa' : 'oidc';
  return rememberSignIn(request, user, identity, () =>
    completeLogin(request, user, { method, backend, next }),
  );
}
