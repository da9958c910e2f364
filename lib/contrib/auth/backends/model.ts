import { nullIfBusy, refusePassword } from '@/lib/contrib/auth/hashers';
import { refusalWork } from '@/lib/contrib/auth/passwords/refusal-work';
import { loadGrants } from '@/lib/contrib/auth/permissions/held-permissions';
import { sourcesGranting, usersHolding } from '@/lib/contrib/auth/permissions/holders';
import type { HeldPermission, Source } from '@/lib/contrib/auth/permissions/sources';
import type { AuthRequest, RequestUser, User } from '@/lib/contrib/auth/users/user';
import { findUser, findUserByName, getUserModel } from '@/lib/contrib/auth/users/user-model';
import type { Credentials, HolderQuery } from './backend';
import { BaseBackend } from './base';

/**
 * Names and passwords of the user model; permissions granted directly and through groups. Inactive
 * users are refused, at sign-in and at each request, and hold nothing. Nothing is granted on a
 * single object. All that it knows of a user's permissions costs one statement per user instance.
 * Django: contrib/auth/backends.py ModelBackend
 */
export class ModelBackend extends BaseBackend {
  readonly name: string = 'ModelBackend';

  override async authenticate(
    request: AuthRequest | null,
    credentials: Credentials,
  ): Promise<User | null> {
    const name = credentials['username'] ?? credentials[getUserModel().USERNAME_FIELD];
    const { password } = credentials;
    if (typeof name !== 'string' || typeof password !== 'string') return null;
    const candidate = request?.candidate;
    const user = candidate?.name === name ? candidate.user : await findUserByName(name);
    return this.verify(user, password);
  }

  /**
   * The user, if the password is theirs and they may sign in. Every refusal costs the same, so that
   * response time tells neither who exists nor how their password is stored. Throws
   * ServiceUnavailable, for everybody alike, while no password can be looked at.
   */
  protected async verify(user: User | null, password: string): Promise<User | null> {
    const efforts = await refusalWork(user?.encodedPassword());
    for (const { hasher } of efforts) hasher.refuseWhenBusy?.();
    if (user && this.userCanAuthenticate(user)) {
      return (await user.checkPassword(password, efforts)) ? user : null;
    }
    await refusePassword(password, efforts).catch(nullIfBusy);
    return null;
  }

  /** Whether this user may sign in and stay; a subclass may let inactive ones in. */
  userCanAuthenticate(user: User): boolean {
    return user.isActive;
  }

  override async getUser(userId: number, loaded?: User): Promise<User | null> {
    const user = loaded?.id === userId ? loaded : await findUser(getUserModel(), 'id', userId);
    return user && this.userCanAuthenticate(user) ? user : null;
  }

  override async getAllPermissions(
    user: RequestUser,
    obj?: unknown,
  ): Promise<ReadonlyMap<string, HeldPermission>> {
    if (!user.isAuthenticated || !user.isActive || isObject(obj)) return new Map();
    return (await loadGrants(user)).permissions;
  }

  override async possibleSources(perm: string, obj?: unknown): Promise<readonly Source[]> {
    return isObject(obj) ? [] : sourcesGranting(perm);
  }

  override async examinedSources(
    user: User,
    _perm: string,
    obj?: unknown,
  ): Promise<readonly Source[]> {
    if (isObject(obj)) return [];
    const { groups } = await loadGrants(user);
    return [{ kind: 'direct' }, ...groups.map((group) => ({ kind: 'group' as const, ...group }))];
  }

  /**
   * The active users who hold the permission, directly, through a group or as superusers. Throws
   * TypeError for a text that is not `app.codename`.
   * Django: ModelBackend.with_perm
   */
  async withPerm(perm: string | { readonly id: number }, query: HolderQuery): Promise<User[]> {
    return usersHolding(getUserModel(), perm, query);
  }
}

/**
 * As ModelBackend, but inactive users may sign in and stay. They hold nothing all the same.
 * Django: contrib/auth/backends.py AllowAllUsersModelBackend
 */
export class AllowAllUsersModelBackend extends ModelBackend {
  override readonly name: string = 'AllowAllUsersModelBackend';

  override userCanAuthenticate(_user: User): boolean {
    return true;
  }
}

function isObject(obj: unknown): boolean {
  return obj !== undefined && obj !== null;
}
