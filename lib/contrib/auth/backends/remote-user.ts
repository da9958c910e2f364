import type { AuthRequest, User } from '@/lib/contrib/auth/users/user';
import { findUserByName, getOrCreateUser } from '@/lib/contrib/auth/users/user-model';
import type { Credentials } from './backend';
import { ModelBackend } from './model';

/**
 * Whoever a trusted proxy names, without a password: the credential `remote_user`, which only
 * RemoteUserMiddleware gives. Who is unknown is made. A subclass of another name may clean names,
 * fill in what a new user lacks, or make nobody.
 * Django: contrib/auth/backends.py RemoteUserBackend
 */
export class RemoteUserBackend extends ModelBackend {
  override readonly name: string = 'RemoteUserBackend';
  /** Whether a name that nobody has makes a user. */
  readonly createUnknownUser: boolean = true;

  acceptsCredentials(names: readonly string[]): boolean {
    return names.length === 1 && names[0] === 'remote_user';
  }

  override async authenticate(
    request: AuthRequest | null,
    { remote_user: remoteUser }: Credentials,
  ): Promise<User | null> {
    if (typeof remoteUser !== 'string' || remoteUser === '') return null;
    const name = this.cleanUsername(remoteUser);
    const { user, isCreated } = this.createUnknownUser
      ? await getOrCreateUser(name)
      : { user: await findUserByName(name), isCreated: false };
    if (!user) return null;
    const configured = await this.configureUser(request, user, isCreated);
    return this.userCanAuthenticate(configured) ? configured : null;
  }

  /** The username in what the proxy says, `ada` in `CN=ada,OU=people` say. */
  cleanUsername(remoteUser: string): string {
    return remoteUser;
  }

  /** Bring the user up to date, at every authentication; returns the user. */
  async configureUser(
    _request: AuthRequest | null,
    user: User,
    _isCreated: boolean,
  ): Promise<User> {
    return user;
  }
}

/**
 * As RemoteUserBackend, but inactive users may sign in and stay. They hold nothing all the same.
 * Django: contrib/auth/backends.py AllowAllUsersRemoteUserBackend
 */
export class AllowAllUsersRemoteUserBackend extends RemoteUserBackend {
  override readonly name: string = 'AllowAllUsersRemoteUserBackend';

  override userCanAuthenticate(_user: User): boolean {
    return true;
  }
}
