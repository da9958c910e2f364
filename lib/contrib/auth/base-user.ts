import { settings } from '@/lib/conf/settings';
import { saltedHmac } from '@/lib/core/crypto';
import { strip } from '@/lib/core/strip';
import { checkPassword, type Effort, isPasswordUsable, makePassword, nullIfBusy } from './hashers';
import { passwordChanged } from './password-validation';
import { replacedPassword, upgradedPassword } from './passwords/password-upgrade';
import { PermissionsMixin } from './permissions/permissions-mixin';

const SESSION_AUTH_SALT = 'django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash';

/**
 * Whoever signs in with a name and a password. The encoded password is a private field: spreading,
 * serialising and printing a user all leave it out.
 * Django: contrib/auth/base_user.py AbstractBaseUser
 */
export abstract class AbstractBaseUser extends PermissionsMixin {
  readonly id: number;
  abstract username: string;
  lastLogin: Date | null;
  /** Name of the backend that authenticated this user; null unless `authenticate()` did. */
  backend: string | null = null;
  #password: string;
  /** In clear, from `setPassword` to `save`, for the validators that want to know. */
  #rawPassword: string | null = null;

  constructor(row: { id: number; password: string; lastLogin: Date | null }) {
    super();
    this.id = row.id;
    this.lastLogin = row.lastLogin;
    this.#password = row.password;
  }

  get isAuthenticated(): true {
    return true;
  }

  get isAnonymous(): false {
    return false;
  }

  getUsername(): string {
    return this.username;
  }

  naturalKey(): [username: string] {
    return [this.username];
  }

  override toString(): string {
    return this.username;
  }

  /** The password as the database stores it, for `save` and for the masked summary of a hasher. */
  encodedPassword(): string {
    return this.#password;
  }

  /**
   * Encode a new password, by the algorithm of the former one where settings.PASSWORD_UPGRADE keeps
   * it; null makes it unusable. `save(['password'])` stores it.
   */
  async setPassword(password: string | null): Promise<void> {
    this.#password =
      password === null
        ? await makePassword(null)
        : await replacedPassword(password, this.#password);
    this.#rawPassword = password;
  }

  setUnusablePassword(): Promise<void> {
    return this.setPassword(null);
  }

  hasUsablePassword(): boolean {
    return isPasswordUsable(this.#password);
  }

  /**
   * Whether the password is right; stores it anew when the hashing policy has moved on. `efforts` is
   * what a wrong one costs, where somebody who is not known yet may try.
   */
  checkPassword(password: string | null, efforts?: readonly Effort[]): Promise<boolean> {
    const upgrade = (right: string) => this.#upgradePassword(right);
    return checkPassword(password, this.#password, upgrade, efforts);
  }

  /** Tell the validators of the password that was stored, once. `save` calls it. */
  protected async passwordSaved(): Promise<void> {
    const password = this.#rawPassword;
    this.#rawPassword = null;
    if (password !== null) await passwordChanged(password, this);
  }

  /** What a session stores to end when the password changes: 64 hex characters. */
  getSessionAuthHash(): string {
    return this.#sessionAuthHash(settings.SECRET_KEY);
  }

  /** The same under each former secret, newest first. */
  getSessionAuthFallbackHashes(): string[] {
    return settings.SECRET_KEY_FALLBACKS.map((secret) => this.#sessionAuthHash(secret));
  }

  /**
   * Store `next` if the row still holds `current`. Returns what the row holds afterwards, or null
   * when the row is gone.
   */
  protected abstract replacePassword(current: string, next: string): Promise<string | null>;

  #sessionAuthHash(secret: string): string {
    return saltedHmac(SESSION_AUTH_SALT, this.#password, secret);
  }

  // The row may have changed since it was read. A new password must not be undone by the upgrade
  // of the old one; another sign-in's upgrade of the same password is as good as ours. Nobody is
  // turned away for an upgrade that can wait.
  async #upgradePassword(password: string): Promise<void> {
    const upgraded = await upgradedPassword(password, this.#password).catch(nullIfBusy);
    if (upgraded === null) return;
    const stored = await this.replacePassword(this.#password, upgraded);
    if (stored === upgraded || (await checkPassword(password, stored))) {
      this.#password = stored ?? upgraded;
    }
  }
}

/**
 * The username in the one form that is stored and compared: Unicode NFKC.
 * Django: contrib/auth/base_user.py AbstractBaseUser.normalize_username
 */
export function normalizeUsername(username: string): string {
  return username.normalize('NFKC');
}

/**
 * An email address with its domain, all after the last `@`, in lower case and no space around it.
 * A text without `@` stays as it is, null becomes ''.
 * Django: contrib/auth/base_user.py BaseUserManager.normalize_email
 */
export function normalizeEmail(email: string | null): string {
  if (email === null || !email.includes('@')) return email ?? '';
  const stripped = strip(email);
  const at = stripped.lastIndexOf('@');
  return stripped.slice(0, at) + stripped.slice(at).toLowerCase();
}
