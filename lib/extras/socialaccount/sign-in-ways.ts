import { settings } from '@/lib/conf/settings';
import type { SignInWay } from '@/lib/contrib/auth/sign-in/ways';
import { providerName } from './providers/configured';

/** A button on the sign-in page for each provider. Nothing is asked of them for it. */
export function providerWays(): SignInWay[] {
  return settings.SOCIALACCOUNT_PROVIDERS.map((provider) => ({
    name: `provider_${provider.id}`,
    label: `Sign in with ${providerName(provider)}`,
    href: loginPath(provider.id),
    isPosted: true,
  }));
}

/** Where a sign-in at a provider begins, by a POST. */
export function loginPath(provider: string): string {
  return `/accounts/oidc/${provider}/login/`;
}
