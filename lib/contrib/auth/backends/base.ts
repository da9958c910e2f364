import type { HeldPermission, Source } from '@/lib/contrib/auth/permissions/sources';
import type { AuthRequest, RequestUser, User } from '@/lib/contrib/auth/users/user';
import type { Backend, Credentials } from './backend';

/**
 * A backend that recognises nobody; what it grants is what `getAllPermissions` lists.
 * Django: contrib/auth/backends.py BaseBackend
 */
export abstract class BaseBackend implements Backend {
  abstract readonly name: string;

  async authenticate(
    _request: AuthRequest | null,
    _credentials: Credentials,
  ): Promise<User | null> {
    return null;
  }

  async getUser(_userId: number, _loaded?: User): Promise<User | null> {
    return null;
  }

  async getAllPermissions(
    _user: RequestUser,
    _obj?: unknown,
  ): Promise<ReadonlyMap<string, HeldPermission>> {
    return new Map();
  }

  async hasPerm(
    user: RequestUser,
    perm: string,
    obj?: unknown,
  ): Promise<boolean | readonly Source[]> {
    return (await this.getAllPermissions(user, obj)).get(perm)?.sources ?? [];
  }

  async hasModulePerms(user: RequestUser, appLabel: string): Promise<boolean> {
    const held = await this.getAllPermissions(user);
    return [...held.keys()].some((perm) => perm.split('.', 1)[0] === appLabel);
  }

  async possibleSources(_perm: string, _obj?: unknown): Promise<readonly Source[]> {
    return [];
  }

  async examinedSources(_user: User, _perm: string, _obj?: unknown): Promise<readonly Source[]> {
    return [];
  }
}
