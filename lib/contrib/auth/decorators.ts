import type { PermissionName } from '@/lib/apps/installed';
import type { RequestUser, User } from '@/lib/contrib/auth/models';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { PermissionDenied } from '@/lib/core/exceptions';
import { LoginRequired } from '@/lib/http/entry-points/admit';
import { defineGuard, type Guard } from '@/lib/http/entry-points/guard';
import type { HttpRequest } from '@/lib/http/request';

/**
 * Guard a page, action or route handler: only signed-in people. A stranger is sent to sign in and
 * comes back. `loginRequired.page(async function AccountPage({ request }) { … })`
 * Django: contrib/auth/decorators.py login_required
 */
export const loginRequired: Guard<User> = defineGuard(async (request) => requireLogin(request));

/**
 * Guard an entry point: only people who hold the permission, all of them if several are named. A
 * signed-in person without it gets a 403 that says why.
 * `permissionRequired('auth.view_user').handler(async ({ user }) => Response.json(user.username))`
 * Django: contrib/auth/decorators.py permission_required(raise_exception=True)
 */
export function permissionRequired(perm: PermissionName | readonly PermissionName[]): Guard<User> {
  const perms = typeof perm === 'string' ? [perm] : perm;
  return defineGuard(async (request) => {
    const signedIn = requireLogin(request);
    for (const name of perms) {
      if (!(await signedIn.user.hasPerm(name))) throw new PermissionDenied('', perms);
    }
    return signedIn;
  });
}

/**
 * Guard an entry point: only signed-in people for whom `test` is true; others get a 403, which says
 * `refusal` if there is one.
 * Django: contrib/auth/decorators.py user_passes_test (which sends them to sign in again)
 */
export function userPassesTest(
  test: (user: User) => boolean | Promise<boolean>,
  refusal = '',
): Guard<User> {
  return defineGuard(async (request) => {
    const signedIn = requireLogin(request);
    if (!(await test(signedIn.user))) throw new PermissionDenied(refusal);
    return signedIn;
  });
}

/**
 * Mark an entry point as public: everybody may enter, and the request is checked and answered as
 * behind any guard. Pages need their address in settings.PUBLIC_PATHS as well.
 * Django: contrib/auth/decorators.py login_not_required
 */
export const loginNotRequired: Guard<RequestUser> = defineGuard(async (request) => request);

function requireLogin(request: HttpRequest): HttpRequest<User> {
  if (!isSignedIn(request)) throw new LoginRequired(redirectToLogin(request.path));
  return request;
}

function isSignedIn(request: HttpRequest): request is HttpRequest<User> {
  return request.user.isAuthenticated;
}
