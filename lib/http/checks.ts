import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks';
import { MIDDLEWARE_REGISTRY } from './middleware-registry';

/** What each middleware needs before it, with Django's id where Django checks it. */
const PREDECESSORS = [
  { id: 'admin.E410', name: 'AuthenticationMiddleware', needs: 'SessionMiddleware' },
  { id: 'auth.E013', name: 'LoginRequiredMiddleware', needs: 'AuthenticationMiddleware' },
] as const;

/**
 * Names in MIDDLEWARE that nothing stands for, and orders that cannot work.
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
        `Use one of ${known.join(', ')}, or register it in lib/http/middleware-registry.ts.`,
      ),
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

function isMisplaced(listed: readonly string[], name: string, needs: string): boolean {
  const at = listed.indexOf(name);
  return at !== -1 && !listed.slice(0, at).includes(needs);
}
