import { type Backend, findBackend, onlyBackend } from '@/lib/contrib/auth/backends';
import type { HolderQuery } from '@/lib/contrib/auth/backends/backend';
import { normalizeEmail, normalizeUsername } from '@/lib/contrib/auth/base-user';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { Group, Permission, type User, type UserRow } from '@/lib/contrib/auth/models';
import { ImproperlyConfigured, ValidationError } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { isTaken } from '@/lib/db/errors';
import { codePointLength, hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';
import { findUser, findUserByName, getUserModel, insertUser, verboseName } from './user-model';

/** What a new user is made of; what is left out gets Django's default. */
export type NewUser = Partial<Omit<UserRow, 'id' | 'username' | 'email' | 'password'>> & {
  username: string;
  email?: string | null;
  /** Raw; null or left out makes it unusable. */
  password?: string | null;
};

/**
 * Make and find users of the model that `settings.AUTH_USER_MODEL` names. Names are compared
 * exactly, case included. What cannot be a stored value, a text with NUL or an id out of range, finds
 * nothing.
 * Django: contrib/auth/models.py UserManager
 * @example
 * const ada = await users.createUser({ username: 'ada', password: 'correct horse' });
 * const same = await users.getByNaturalKey('ada');
 */
export const users = {
  normalizeEmail,

  getById(id: number): Promise<User | null> {
    return findUser(getUserModel(), 'id', id);
  },

  getByNaturalKey(username: string): Promise<User | null> {
    return findUserByName(username);
  },

  /**
   * Make a user. `username` is the value of the model's USERNAME_FIELD; it is normalised, and
   * otherwise taken as it is: `validateUsername` is the caller's. What the model has no field for is
   * left out. Throws ValidationError with code `required`, `max_length`, `invalid` (NUL) or
   * `unique`.
   */
  async createUser({ password = null, email = null, ...fields }: NewUser): Promise<User> {
    const username = normalizeUsername(fields.username);
    refuseUnstorable(username, email);
    const model = getUserModel();
    const { USERNAME_FIELD, EMAIL_FIELD, columns, table } = model;
    const values = {
      ...model.newRow(),
      ...Object.fromEntries(Object.entries(fields).filter(([name]) => name in columns)),
      [EMAIL_FIELD]: normalizeEmail(email),
      [USERNAME_FIELD]: username,
      password: await makePassword(password),
    };
    try {
      return await insertUser(db, model, values);
    } catch (error) {
      if (!isTaken(error, table, columns[USERNAME_FIELD] ?? USERNAME_FIELD)) throw error;
      const name = verboseName(model, USERNAME_FIELD);
      throw new ValidationError(`A user with that ${name} already exists.`, 'unique');
    }
  },

  /**
   * Make a user who may do everything. Throws TypeError when told that it is not staff or not a
   * superuser, else as `createUser`.
   */
  async createSuperuser(fields: NewUser): Promise<User> {
    if (fields.isStaff === false || fields.isSuperuser === false) {
      throw new TypeError('A superuser must have isStaff and isSuperuser true.');
    }
    return users.createUser({ ...fields, isStaff: true, isSuperuser: true });
  },

  /**
   * The users of whom a backend says that they hold the permission: by default the active ones, and
   * superusers with them. Throws TypeError when several backends are configured and none is named,
   * and for a text that is not `app.codename`; ImproperlyConfigured for an unknown backend.
   * Django: contrib/auth/models.py UserManager.with_perm
   */
  async withPerm(
    perm: string | Permission,
    { backend, ...query }: Partial<HolderQuery> & { backend?: string } = {},
  ): Promise<User[]> {
    const asked =
      backend === undefined
        ? onlyBackend('withPerm() must be told which one to ask')
        : namedBackend(backend);
    const wanted = { isActive: true, includeSuperusers: true, ...query };
    return (await asked.withPerm?.(perm, wanted)) ?? [];
  },
};

/**
 * Find groups by name, case included.
 * Django: contrib/auth/models.py GroupManager
 */
export const groups = {
  async getByNaturalKey(name: string): Promise<Group | null> {
    const row = hasNul(name) ? null : await db.group.findUnique({ where: { name } });
    return row && new Group(row);
  },
};

/**
 * Find permissions by codename, app label and model name.
 * Django: contrib/auth/models.py PermissionManager
 */
export const permissions = {
  async getById(id: number): Promise<Permission | null> {
    const row = await db.permission.findUnique({ where: { id }, include: { contentType: true } });
    return row && new Permission(row);
  },

  async getByNaturalKey(
    codename: string,
    appLabel: string,
    model: string,
  ): Promise<Permission | null> {
    if (hasNul(codename + appLabel + model)) return null;
    const row = await db.permission.findFirst({
      where: { codename, contentType: { appLabel, model } },
      include: { contentType: true },
    });
    return row && new Permission(row);
  },
};

function namedBackend(name: string): Backend {
  const backend = findBackend(name);
  if (backend) return backend;
  throw new ImproperlyConfigured(`There is no backend "${name}".`);
}

// SQLite ignores the length of a column, and PostgreSQL cannot hold NUL: both refuse the same here.
function refuseUnstorable(username: string, email: string | null): void {
  if (username === '') throw new ValidationError('The username must be set.', 'required');
  if (hasNul(username) || hasNul(email ?? '')) {
    throw new ValidationError(NULL_CHARACTERS, 'invalid');
  }
  const { USERNAME_MAX_LENGTH } = getUserModel();
  if (codePointLength(username) > USERNAME_MAX_LENGTH) {
    const message = `The username must not be longer than ${USERNAME_MAX_LENGTH} characters.`;
    throw new ValidationError(message, 'max_length');
  }
}
