import { unstable_rethrow } from 'next/navigation';
import { hasAdminPermission } from '@/lib/contrib/admin/model-permissions';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { getRequest } from '@/lib/http/current';

type Chrome = { user: RequestUser | null; canViewArticles: boolean; canEnterAdmin: boolean };

/** Who the header speaks to. Without a database it speaks to nobody, so that the 500 page can be shown. */
export async function loadChrome(): Promise<Chrome> {
  try {
    const { user } = await getRequest();
    const canViewArticles = user.isAuthenticated && (await user.hasPerm('articles.view_article'));
    const canEnterAdmin = user.isAuthenticated && hasAdminPermission(user);
    return { user, canViewArticles, canEnterAdmin };
  } catch (error) {
    unstable_rethrow(error);
    return { user: null, canViewArticles: false, canEnterAdmin: false };
  }
}
