import { isInstalled, isPersonal, type PermissionName } from '@/lib/apps/installed';
import { brought } from '@/lib/apps/registry';
import { authenticateHeader } from '@/lib/contrib/auth/authenticators/authenticator';
import { refuseImpersonation } from '@/lib/contrib/auth/authenticators/on-behalf';
import type { RequestUser, User } from '@/lib/contrib/auth/models';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { type Check, LoginRequired } from '@/lib/http/entry-points/admit';
import { defineGuard, type Guard } from '@/lib/http/entry-points/guard';
import type { HttpRequest } from '@/lib/http/request';

type Perms = PermissionName | readonly PermissionName[];
type Test = (user: User) => boolean | Promise<boolean>;

/**
 * What an app asks of everybody who is signed in, at each request, before they pass a guard: a second
 * factor. Raises LoginRequired for whoever has to go elsewhere first.
 */
export type Admission = (request: HttpRequest<User>) => void | Promise<void>;

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What is asked of everybody who is signed in before they pass a guard. */
    readonly admissions?: readonly Admission[];
  }
}

type GuardOptions = {
  /**
   * Whether people pass of whom something is still asked, such as a second factor: the guard of the
   * pages and actions where they give it.
   */
  readonly beforeSecondFactor?: boolean;
};

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
export function guardsOf(label: string | null, options: GuardOptions = {}): AppGuards {
  const enter = async (request: HttpRequest): Promise<HttpRequest<User>> => {
    const signedIn = requireLogin(request);
    if (!options.beforeSecondFactor) {
      for (const admission of brought('admissions')) await admission(signedIn);
    }
    return signedIn;
  };
  return {
    loginRequired: guardIn(label, enter),
    permissionRequired(perm) {
      const perms = typeof perm === 'string' ? [perm] : perm;
      return guardIn(label, async (request) => {
        const signedIn = await enter(request);
        for (const name of perms) {
          if (!(await signedIn.user.hasPerm(name))) throw new PermissionDenied('', perms);
        }
        return signedIn;
      });
    },
    userPassesTest: (test, refusal = '') =>
      guardIn(label, async (request) => {
        const signedIn = await enter(request);
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
    throw new LoginRequired(redirectToLogin(request.path), authenticateHeader());
  }
  return request;
}

function isSignedIn(request: HttpRequest): request is HttpRequest<User> {
  return request.user.isAuthenticated;
}
