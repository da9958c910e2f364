import { unstable_rethrow } from 'next/navigation';
import { hasAdminPermission } from '@/lib/contrib/admin/model-permissions';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { getPendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { getRequest } from '@/lib/http/current';

type Chrome = {
  user: RequestUser | null;
  /** Who has shown their first factor and not yet the others. */
  signingIn: string | null;
  canViewArticles: boolean;
  canEnterAdmin: boolean;
};

/** Who the header speaks to. Without a database it speaks to nobody, so that the 500 page can be shown. */
export async function loadChrome(): Promise<Chrome> {
  try {
    const request = await getRequest();
    const { user } = request;
    const pending = await getPendingLogin(request);
    const canViewArticles = user.isAuthenticated && (await user.hasPerm('articles.view_article'));
    const canEnterAdmin = user.isAuthenticated && hasAdminPermission(user);
    const signingIn = pending?.user.getUsername() ?? null;
    return { user, signingIn, canViewArticles, canEnterAdmin };
  } catch (error) {
    unstable_rethrow(error);
    return { user: null, signingIn: null, canViewArticles: false, canEnterAdmin: false };
  }
}
