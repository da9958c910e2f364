import { getBackends } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';

/**
 * The backend by which somebody is let in whom no backend has authenticated, by a code or a link that
 * was mailed: the first configured one that would keep them signed in. Null when none would, as for an
 * account that is inactive.
 * allauth: account/internal/flows/login.py, which names its own backend
 */
export async function signInBackend(user: User): Promise<string | null> {
  for (const backend of getBackends()) {
    if (await backend.getUser?.(user.id)) return backend.name;
  }
  return null;
}
