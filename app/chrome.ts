import { unstable_rethrow } from 'next/navigation';
import { isInstalled, linksFor } from '@/lib/apps/installed';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { getPendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { type Banner, bannersFor } from '@/lib/http/banners';
import { getRequest } from '@/lib/http/current';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

type Chrome = {
  user: RequestUser | null;
  /** Who has shown their first factor and not yet the others. */
  signingIn: string | null;
  links: { href: string; label: string }[];
  banners: Banner[];
  /** Whether this person finds everything by one box. */
  hasPalette: boolean;
};

/** Who the header speaks to. Without a database it speaks to nobody, so that the 500 page can be shown. */
export async function loadChrome(): Promise<Chrome> {
  try {
    const request = await getRequest();
    const { user } = request;
    const pending = await getPendingLogin(request);
    const signingIn = pending?.user.getUsername() ?? null;
    return {
      user,
      signingIn,
      links: user.isAuthenticated ? await linksFor(user, 'headerLinks') : [],
      banners: bannersFor(request),
      hasPalette: isInstalled('palette') && user.isActive && user.isStaff,
    };
  } catch (error) {
    unstable_rethrow(error);
    return { user: null, signingIn: null, links: [], banners: [], hasPalette: false };
  }
}
