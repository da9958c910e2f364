import type { AuthRequest } from '@/lib/auth/auth';
import type { Credentials } from '@/lib/auth/backends';
import type { User } from '@/lib/auth/models';
import { getUserModel } from '@/lib/auth/user-model';
import { usersByEmail } from '@/lib/auth/user-rows';
import { ModelBackend } from './model';

/**
 * Sign in with the e-mail address in the place of the username, or as `email`. Off until the
 * settings list it. An address that several users have signs nobody in: it does not say who.
 * The worked example of a backend of one's own: docs/backends.md explains it line by line.
 * Django: no counterpart; docs/topics/auth/customizing "Writing an authentication backend"
 */
export class EmailBackend extends ModelBackend {
  override readonly name: string = 'EmailBackend';

  override async authenticate(
    _request: AuthRequest | null,
    credentials: Credentials,
  ): Promise<User | null> {
    const email = credentials['email'] ?? credentials['username'];
    const { password } = credentials;
    if (typeof email !== 'string' || typeof password !== 'string') return null;
    if (!email.includes('@')) return null;
    const [user, ...others] = await usersByEmail(getUserModel(), email);
    return this.verify(others.length > 0 ? null : (user ?? null), password);
  }
}
