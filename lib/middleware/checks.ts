import { settings } from '@/lib/conf/settings';
import { findBackend } from '@/lib/contrib/auth/backends';
import { RemoteUserBackend } from '@/lib/contrib/auth/backends/remote-user';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';

const REMOTE = ['RemoteUserMiddleware', 'PersistentRemoteUserMiddleware'] as const;

/** What must be listed at all, with Django's ids. */
const NEEDED = [
  { id: 'admin.E408', name: 'AuthenticationMiddleware' },
  { id: 'admin.E409', name: 'MessageMiddleware' },
  { id: 'admin.E410', name: 'SessionMiddleware' },
] as const;

/** What each middleware needs before it, with Django's id where Django checks it. */
const PREDECESSORS = [
  { id: 'admin.E410', name: 'AuthenticationMiddleware', needs: 'SessionMiddleware' },
  { id: 'auth.E013', name: 'LoginRequiredMiddleware', needs: 'AuthenticationMiddleware' },
  ...REMOTE.map((name) => ({ id: 'http.E002', name, needs: 'AuthenticationMiddleware' })),
] as const;

/**
 * Names in MIDDLEWARE that nothing stands for, those that are missing, and orders that cannot work.
 * The guards do without all of them; without these the gate and the messages do not work.
 * Django: contrib/auth/checks.py check_middleware, contrib/admin/checks.py check_dependencies
 */
export function checkMiddleware(): CheckMessage[] {
  const listed = settings.MIDDLEWARE;
  const known = Object.keys(MIDDLEWARE_REGISTRY);
  const unknown = listed.filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) =>
      checkError(
        'http.E001',
        `MIDDLEWARE lists '${name}', which does not exist.`,
        `Use one of ${known.join(', ')}, or register it in lib/site/middleware.ts.`,
      ),
    ),
    ...NEEDED.filter(({ name }) => !listed.includes(name)).map(({ id, name }) =>
      checkError(id, `MIDDLEWARE lacks '${name}'.`, 'Add it in lib/conf/settings.ts.'),
    ),
    ...PREDECESSORS.filter(({ name, needs }) => isMisplaced(listed, name, needs)).map(
      ({ id, name, needs }) =>
        checkError(
          id,
          `'${name}' needs '${needs}' before it in MIDDLEWARE.`,
          `Insert '${needs}' above '${name}' in lib/conf/settings.ts.`,
        ),
    ),
  ];
}

/**
 * A remote user that nobody signs in: the middleware behind the gate that turns strangers away, no
 * backend for it, no proxy that is trusted to name anybody, or a header that cannot be one.
 * Django: no counterpart (the order is found at the first request)
 */
export function checkRemoteUser(): CheckMessage[] {
  const { MIDDLEWARE: listed, REMOTE_USER_HEADER: header } = settings;
  const name = REMOTE.find((each) => listed.includes(each));
  if (!name) return [];
  const found: CheckMessage[] = [];
  const gate = listed.indexOf('LoginRequiredMiddleware');
  if (gate !== -1 && gate < listed.indexOf(name)) {
    const message = `'LoginRequiredMiddleware' turns away whom '${name}' would let in.`;
    found.push(checkError('http.E003', message, `Insert '${name}' above it in MIDDLEWARE.`));
  }
  const backends = settings.AUTHENTICATION_BACKENDS.map(findBackend);
  if (!backends.some((backend) => backend instanceof RemoteUserBackend)) {
    const message = `'${name}' needs a backend that knows what to do with a name.`;
    const hint = "Add 'RemoteUserBackend' to AUTHENTICATION_BACKENDS.";
    found.push(checkError('http.E004', message, hint));
  }
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(header)) {
    const message = `REMOTE_USER_HEADER is "${header}", which no header can be called.`;
    found.push(checkError('http.E005', message, "Use a name such as 'Remote-User'."));
  }
  if (settings.TRUSTED_PROXY_HOPS === 0) {
    const message = `'${name}' is listed, but no proxy is trusted: nobody is ever signed in by it.`;
    const hint = 'Set TRUSTED_PROXY_HOPS to the number of proxies in front.';
    found.push(checkWarning('http.W006', message, hint));
  }
  return found;
}

function isMisplaced(listed: readonly string[], name: string, needs: string): boolean {
  const at = listed.indexOf(name);
  return at !== -1 && !listed.slice(0, at).includes(needs);
}
