import { unstable_rethrow } from 'next/navigation';
import { linksFor } from '@/lib/apps/installed';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { getRequest } from '@/lib/http/current';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

type Chrome = { user: RequestUser | null; links: { href: string; label: string }[] };

/** Who the header speaks to. Without a database it speaks to nobody, so that the 500 page can be shown. */
export async function loadChrome(): Promise<Chrome> {
  try {
    const { user } = await getRequest();
    return { user, links: user.isAuthenticated ? await linksFor(user, 'headerLinks') : [] };
  } catch (error) {
    unstable_rethrow(error);
    return { user: null, links: [] };
  }
}
