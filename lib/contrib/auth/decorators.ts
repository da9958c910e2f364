import { isInstalled, isPersonal, type PermissionName } from '@/lib/apps/installed';
import { challenge } from '@/lib/contrib/auth/authenticators/authenticator';
import { refuseImpersonation } from '@/lib/contrib/auth/authenticators/on-behalf';
import type { RequestUser, User } from '@/lib/contrib/auth/models';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { type Check, LoginRequired } from '@/lib/http/entry-points/admit';
import { defineGuard, type Guard } from '@/lib/http/entry-points/guard';
import type { HttpRequest } from '@/lib/http/request';

type Perms = PermissionName | readonly PermissionName[];
type Test = (user: User) => boolean | Promise<boolean>;

/** The guards of one app, which let nobody in while the app is out. */
type AppGuards = {
  /**
   * Guard a page, action or route handler: only signed-in people. A stranger is sent to sign in and
   * comes back. `loginRequired.page(async function AccountPage({ request }) { … })`
   * Django: contrib/auth/decorators.py login_required
   */
  loginRequired: Guard<User>;
  /**
   * Guard an entry point: only people who hold the permission, all of them if several are named. A
   * signed-in person without it gets a 403 that says why.
   * `permissionRequired('auth.view_user').handler(async ({ user }) => Response.json(user.username))`
   * Django: contrib/auth/decorators.py permission_required(raise_exception=True)
   */
  permissionRequired(perm: Perms): Guard<User>;
  /**
   * Guard an entry point: only signed-in people for whom `test` is true; others get a 403, which says
   * `refusal` if there is one.
   * Django: contrib/auth/decorators.py user_passes_test (which sends them to sign in again)
   */
  userPassesTest(test: Test, refusal?: string): Guard<User>;
  /**
   * Mark an entry point as public: everybody may enter, and the request is checked and answered as
   * behind any guard. Pages need their address in the `publicPaths` of their app as well.
   * Django: contrib/auth/decorators.py login_not_required
   */
  loginNotRequired: Guard<RequestUser>;
};

/**
 * The guards of an app, by its label; of the site's own pages, which are never out, with null. While
 * the app is out, every entry point is an unknown one: a stranger is sent to sign in, anybody else
 * gets a 404. That is so for each export and not for addresses, since an action may be posted to any.
 * Each app has them in `app/(label)/guards.ts`.
 * Django: no counterpart; there the addresses of an app are taken out by hand
 * @example
 * export const { loginRequired, permissionRequired } = guardsOf('auth');
 *
 * export default loginRequired.page(async function Page({ request }) {
 *   return `Hello, ${request.user.getUsername()}`;
 * });
 *
 * export const rename = permissionRequired('auth.change_group').action(
 *   async (request, form) => success(request, `${form.get('name')} it is.`),
 * );
 */
export function guardsOf(label: string | null): AppGuards {
  return {
    loginRequired: guardIn(label, async (request) => requireLogin(request)),
    permissionRequired(perm) {
      const perms = typeof perm === 'string' ? [perm] : perm;
      return guardIn(label, async (request) => {
        const signedIn = requireLogin(request);
        for (const name of perms) {
          if (!(await signedIn.user.hasPerm(name))) throw new PermissionDenied('', perms);
        }
        return signedIn;
      });
    },
    userPassesTest: (test, refusal = '') =>
      guardIn(label, async (request) => {
        const signedIn = requireLogin(request);
        if (!(await test(signedIn.user))) throw new PermissionDenied(refusal);
        return signedIn;
      }),
    loginNotRequired: guardIn<RequestUser>(label, async (request) => request),
  };
}

function guardIn<U extends RequestUser>(label: string | null, check: Check<U>): Guard<U> {
  return defineGuard(async (request) => {
    if (label !== null && !isInstalled(label)) {
      requireLogin(request);
      throw new Http404();
    }
    if (label !== null && isPersonal(label)) refuseImpersonation(request);
    return check(request);
  });
}

function requireLogin(request: HttpRequest): HttpRequest<User> {
  if (!isSignedIn(request)) {
    throw new LoginRequired(redirectToLogin(request.path), challenge());
  }
  return request;
}

function isSignedIn(request: HttpRequest): request is HttpRequest<User> {
  return request.user.isAuthenticated;
}
