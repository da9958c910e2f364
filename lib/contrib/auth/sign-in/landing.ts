import { brought } from '@/lib/apps/registry';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/users/user';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Where somebody arrives who signs in and wants to go nowhere else; null for others. */
    readonly landings?: readonly ((user: User) => Promise<string | null>)[];
  }
}

/**
 * Where signing in leads whoever has no other aim: to what an app says, the first that does, or to
 * settings.LOGIN_REDIRECT_URL.
 * Django: contrib/auth/views.py LoginView.get_default_redirect_url
 */
export async function landingOf(user: User): Promise<string> {
  for (const landing of brought('landings')) {
    const address = await landing(user);
    if (address !== null) return address;
  }
  return settings.LOGIN_REDIRECT_URL;
}
