import type { PermissionName } from '@/lib/apps/installed';
import type { RequestUser, User } from '@/lib/contrib/auth/models';
import { PermissionDenied } from '@/lib/core/exceptions';
import { type Check, guarded, LoginRequired } from '@/lib/http/guarded';
import type { Guard } from '@/lib/http/views';

/**
 * Guard a page, action or route handler: only signed-in people. A stranger is sent to sign in and
 * comes back.
 * Django: contrib/auth/decorators.py login_required
 */
export const loginRequired: Guard<User> = guard(() => async (user) => {
  requireLogin(user);
});

/**
 * Guard an entry point: only people who hold the permission, all of them if several are named. A
 * signed-in person without it gets a 403 that says why.
 * Django: contrib/auth/decorators.py permission_required(raise_exception=True)
 */
export const permissionRequired: Guard<User, [perm: PermissionName | readonly PermissionName[]]> =
  guard((perm) => async (user) => {
    const signedIn = requireLogin(user);
    const perms = typeof perm === 'string' ? [perm] : perm;
    for (const name of perms) {
      if (!(await signedIn.hasPerm(name))) throw new PermissionDenied('', perms);
    }
  });

/**
 * Guard an entry point: only signed-in people for whom `test` is true; others get a 403.
 * Django: contrib/auth/decorators.py user_passes_test (which sends them to sign in again)
 */
export const userPassesTest: Guard<User, [test: (user: User) => boolean | Promise<boolean>]> =
  guard((test) => async (user) => {
    if (!(await test(requireLogin(user)))) throw new PermissionDenied();
  });

/**
 * Guard an entry point: only active members of staff.
 * Django: contrib/admin/views/decorators.py staff_member_required
 */
export const staffMemberRequired: Guard<User> = guard(() => async (user) => {
  const { isActive, isStaff } = requireLogin(user);
  if (!(isActive && isStaff)) {
    throw new PermissionDenied('This page is for members of staff.');
  }
});

/**
 * Mark an entry point as public: everybody may enter, and the request is checked and answered as
 * behind any guard. Pages need their address in settings.PUBLIC_PATHS as well.
 * Django: contrib/auth/decorators.py login_not_required
 */
export const loginNotRequired: Guard<RequestUser> = guard(() => async () => {});

function requireLogin(user: RequestUser): User {
  if (!user.isAuthenticated) throw new LoginRequired();
  return user;
}

function guard<U extends RequestUser, A extends unknown[]>(
  makeCheck: (...args: A) => Check,
): Guard<U, A> {
  const decorate = (...args: [...A, view: unknown]) => {
    const view = args.pop();
    return guarded(makeCheck(...(args as unknown[] as A)), view as Parameters<typeof guarded>[1]);
  };
  return decorate as Guard<U, A>;
}
