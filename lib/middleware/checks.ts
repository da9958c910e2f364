import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';
import type { Middleware } from './compose';

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
  { id: 'http.E002', name: 'RemoteUserMiddleware', needs: 'AuthenticationMiddleware' },
  { id: 'http.E002', name: 'PersistentRemoteUserMiddleware', needs: 'AuthenticationMiddleware' },
] as const;

/**
 * Names in MIDDLEWARE that nothing of `registry` stands for, those that are missing, and orders that cannot work.
 * The guards do without all of them; without these the gate and the messages do not work.
 * Django: contrib/auth/checks.py check_middleware, contrib/admin/checks.py check_dependencies
 */
export function checkMiddleware(registry: Readonly<Record<string, Middleware>>): CheckMessage[] {
  const listed = settings.MIDDLEWARE;
  const known = Object.keys(registry);
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
      checkError(id, `MIDDLEWARE lacks '${name}'.`, 'Add it in lib/site/settings.ts.'),
    ),
    ...PREDECESSORS.filter(({ name, needs }) => isMisplaced(listed, name, needs)).map(
      ({ id, name, needs }) =>
        checkError(
          id,
          `'${name}' needs '${needs}' before it in MIDDLEWARE.`,
          `Insert '${needs}' above '${name}' in lib/site/settings.ts.`,
        ),
    ),
  ];
}

function isMisplaced(listed: readonly string[], name: string, needs: string): boolean {
  const at = listed.indexOf(name);
  return at !== -1 && !listed.slice(0, at).includes(needs);
}
