import { settings } from '@/lib/conf/settings';
import { findBackend } from '@/lib/contrib/auth/backends';
import { RemoteUserBackend } from '@/lib/contrib/auth/backends/remote-user';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';

const REMOTE = ['RemoteUserMiddleware', 'PersistentRemoteUserMiddleware'] as const;

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
