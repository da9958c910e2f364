import { brought } from '@/lib/apps/registry';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/users/user';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import type { Backend, Credentials } from './backend';
import { EmailBackend } from './email';
import { AllowAllUsersModelBackend, ModelBackend } from './model';
import { AllowAllUsersRemoteUserBackend, RemoteUserBackend } from './remote-user';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Ways to recognise users that settings.AUTHENTICATION_BACKENDS may list. */
    readonly backends?: readonly Backend[];
  }
}

const registry = new Map<string, Backend>(
  [
    new ModelBackend(),
    new AllowAllUsersModelBackend(),
    new RemoteUserBackend(),
    new AllowAllUsersRemoteUserBackend(),
    new EmailBackend(),
  ].map((backend) => [backend.name, backend]),
);

export type { Backend, Credentials };

/**
 * Whether one of the configured backends may let people in whose account is inactive: Django's two
 * that do so, and any of one's own that is not built on ModelBackend.
 */
export function admitsInactive(): boolean {
  return getBackends().some(
    (backend) =>
      !(backend instanceof ModelBackend) ||
      backend instanceof AllowAllUsersModelBackend ||
      backend instanceof AllowAllUsersRemoteUserBackend,
  );
}

/**
 * Make a backend known under its name, so that `settings.AUTHENTICATION_BACKENDS` may list it. For
 * tests, which put back with what this returns; an app brings its own by its config.
 * Django: AUTHENTICATION_BACKENDS (dotted paths there)
 */
export function registerBackend(backend: Backend): () => void {
  const former = registry.get(backend.name);
  registry.set(backend.name, backend);
  return () => {
    if (former) registry.set(former.name, former);
    else registry.delete(backend.name);
  };
}

/**
 * The backend of this name, configured or not; null when no installed app brings it.
 * Django: contrib/auth/__init__.py load_backend (which raises ImportError)
 */
export function findBackend(name: string): Backend | null {
  return registry.get(name) ?? brought('backends').find((each) => each.name === name) ?? null;
}

/**
 * The backends of `settings.AUTHENTICATION_BACKENDS`, in order.
 * Throws ImproperlyConfigured when there is none, or one that nobody registered.
 * Django: contrib/auth/__init__.py get_backends, load_backend
 */
export function getBackends(): Backend[] {
  const names = settings.AUTHENTICATION_BACKENDS;
  if (names.length === 0) {
    throw new ImproperlyConfigured('AUTHENTICATION_BACKENDS is empty; name at least one backend.');
  }
  return names.map((name) => {
    const backend = findBackend(name);
    if (backend) return backend;
    const known = [...registry.keys(), ...brought('backends').map((each) => each.name)].join(', ');
    throw new ImproperlyConfigured(`AUTHENTICATION_BACKENDS names "${name}"; known are ${known}.`);
  });
}

/**
 * Somebody who was recognised by what no backend knows, a passkey or another site's word, as the first
 * backend that lets them in gives them; null where none does. A session of RemoteUserBackend would end
 * where no proxy names its person.
 * Django: no counterpart
 */
export async function admittedUser(
  userId: number,
): Promise<{ user: User; backend: string } | null> {
  for (const backend of getBackends()) {
    if (backend instanceof RemoteUserBackend) continue;
    const user = await backend.getUser?.(userId);
    if (user) return { user, backend: backend.name };
  }
  return null;
}

/**
 * The one configured backend. Throws TypeError when there are several; `untold` says, as the end of a
 * sentence, who had to be told which of them counts.
 * Django: contrib/auth/__init__.py login, contrib/auth/models.py UserManager.with_perm
 */
export function onlyBackend(untold: string): Backend {
  const [only, ...others] = getBackends();
  if (only && others.length === 0) return only;
  throw new TypeError(`Several backends are configured: ${untold}.`);
}

/**
 * The name under which tries with these credentials are counted, as the first configured backend
 * says that knows; without one, the username as it was typed.
 * Django: no counterpart
 */
export async function throttleKeyOf(credentials: Credentials): Promise<string> {
  const names = Object.keys(credentials);
  for (const backend of getBackends()) {
    if (backend.acceptsCredentials?.(names) === false) continue;
    const key = await backend.throttleKey?.(credentials);
    if (typeof key === 'string') return key;
  }
  return String(credentials['username'] ?? '');
}
