import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import type { User } from './models';

/** How a backend finds users. */
export interface UserManager {
  getById(id: number): Promise<User | null>;
  getByNaturalKey(username: string): Promise<User | null>;
}

const installed = new Map<string, UserManager>();

/**
 * Make a user model known under `app.Model`. `auth.ts` installs ours; the backends ask here and not
 * at `managers.ts`, because a user asks the backends in turn.
 * Django: django/apps/registry.py register_model
 */
export function installUserModel(name: string, manager: UserManager): void {
  installed.set(name, manager);
}

/**
 * The manager of the model that `settings.AUTH_USER_MODEL` names.
 * Throws ImproperlyConfigured when no such model is installed.
 * Django: contrib/auth/__init__.py get_user_model
 */
export function getUserModel(): UserManager {
  const manager = installed.get(settings.AUTH_USER_MODEL);
  if (manager) return manager;
  const known = [...installed.keys()].join(', ');
  throw new ImproperlyConfigured(
    `AUTH_USER_MODEL names "${settings.AUTH_USER_MODEL}"; installed are ${known}.`,
  );
}
