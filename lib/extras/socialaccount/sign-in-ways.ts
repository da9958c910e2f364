import { settings } from '@/lib/conf/settings';
import type { SignInWay } from '@/lib/contrib/auth/sign-in/ways';
import { LINKS_PATH } from './addresses';
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

/** One's links in the command palette, while there is anything to link. */
export function palettePages(): { label: string; href: string }[] {
  if (settings.SOCIALACCOUNT_PROVIDERS.length === 0) return [];
  return [{ label: 'Accounts elsewhere', href: LINKS_PATH }];
}
