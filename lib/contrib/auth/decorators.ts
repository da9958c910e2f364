import { isInstalled, type PermissionName } from '@/lib/apps/installed';
import type { RequestUser, User } from '@/lib/contrib/auth/models';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { type Check, guarded, LoginRequired } from '@/lib/http/guarded';
import type { Guard } from '@/lib/http/views';

type Perms = PermissionName | readonly PermissionName[];
type Test = (user: User) => boolean | Promise<boolean>;

/** The guards of one app, which let nobody in while the app is out. */
type AppGuards = {
  /**
   * Guard a page, action or route handler: only signed-in people. A stranger is sent to sign in and
   * comes back.
   * Django: contrib/auth/decorators.py login_required
   */
  loginRequired: Guard<User>;
  /**
   * Guard an entry point: only people who hold the permission, all of them if several are named. A
   * signed-in person without it gets a 403 that says why.
   * Django: contrib/auth/decorators.py permission_required(raise_exception=True)
   */
  permissionRequired: Guard<User, [perm: Perms]>;
  /**
   * Guard an entry point: only signed-in people for whom `test` is true; others get a 403.
   * Django: contrib/auth/decorators.py user_passes_test (which sends them to sign in again)
   */
  userPassesTest: Guard<User, [test: Test]>;
  /**
   * Guard an entry point: only active members of staff.
   * Django: contrib/admin/views/decorators.py staff_member_required
   */
  staffMemberRequired: Guard<User>;
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
 */
export function guardsOf(label: string | null): AppGuards {
  return {
    loginRequired: guard(label, () => async (user) => {
      requireLogin(user);
    }),
    permissionRequired: guard(label, (perm: Perms) => async (user) => {
      const signedIn = requireLogin(user);
      const perms = typeof perm === 'string' ? [perm] : perm;
      for (const name of perms) {
        if (!(await signedIn.hasPerm(name))) throw new PermissionDenied('', perms);
      }
    }),
    userPassesTest: guard(label, (test: Test) => async (user) => {
      if (!(await test(requireLogin(user)))) throw new PermissionDenied();
    }),
    staffMemberRequired: guard(label, () => async (user) => {
      const { isActive, isStaff } = requireLogin(user);
      if (!(isActive && isStaff)) {
        throw new PermissionDenied('This page is for members of staff.');
      }
    }),
    loginNotRequired: guard(label, () => async () => {}),
  };
}

function requireLogin(user: RequestUser): User {
  if (!user.isAuthenticated) throw new LoginRequired();
  return user;
}

function within(label: string | null, check: Check): Check {
  if (label === null) return check;
  return async (user) => {
    if (isInstalled(label)) return check(user);
    requireLogin(user);
    throw new Http404();
  };
}

function guard<U extends RequestUser, A extends unknown[]>(
  label: string | null,
  makeCheck: (...args: A) => Check,
): Guard<U, A> {
  const decorate = (...args: [...A, view: unknown]) => {
    const view = args.pop();
    const check = within(label, makeCheck(...(args as unknown[] as A)));
    return guarded(check, view as Parameters<typeof guarded>[1]);
  };
  return decorate as Guard<U, A>;
}
