import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/users/user';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { codePointLength, hasNul, parseId } from '@/lib/forms/fields';

/**
 * As much of a Prisma delegate as signing in needs; `db.user` is one. What `create` takes, only the
 * model's own delegate knows.
 */
export interface UserDelegate {
  findFirst(args: { where: object; omit: { password: false } }): PromiseLike<object | null>;
  create(args: { data: never; omit: { password: false } }): PromiseLike<object>;
  updateMany(args: { where: object; data: object }): PromiseLike<{ count: number }>;
}

/** A table that ties users to groups or permissions, and its column with the user's id. */
export type UserJoin = { readonly table: string; readonly column: string };

/**
 * All that the rest of the application knows of the model that people sign in with. Fields have
 * their names in TypeScript; `columns` says what the database calls them.
 * Django: AbstractUser with its class attributes and its _meta
 */
export interface UserModel {
  /** `app.Model`, as `settings.AUTH_USER_MODEL` names it. */
  readonly name: string;
  readonly table: string;
  /** `id`, `password`, `isActive` and `isSuperuser` must be among them. */
  readonly columns: Readonly<Record<string, string>>;
  /** The field that people sign in with; its values are unique. */
  readonly USERNAME_FIELD: string;
  /** Code points that the field holds. */
  readonly USERNAME_MAX_LENGTH: number;
  readonly EMAIL_FIELD: string;
  /** What a superuser needs besides name and password. */
  readonly REQUIRED_FIELDS: readonly string[];
  /** What people call a field, in lower case; left out: the words of its name. */
  readonly verboseNames?: Readonly<Record<string, string>>;
  /** Where memberships and own permissions are kept; null for a model that has none. */
  readonly groups: UserJoin | null;
  readonly userPermissions: UserJoin | null;
  /** Asked for anew each time, so that a changed DATABASE_URL is followed. */
  readonly delegate: UserDelegate;
  /** The values of a new row that is told nothing but its name; the password is left out. */
  newRow(): object;
  /**
   * The value to store of what somebody typed for the name or a required field. Throws
   * ValidationError.
   * Django: Field.clean
   */
  clean(field: string, typed: string): unknown;
  /** The user of a row; `username` and `email` of a User are filled from the model's own fields. */
  fromRow(row: never): User;
}

const WITH_PASSWORD = { password: false } as const;
const installed = new Map<string, UserModel>();

/**
 * Make a user model known under its name. `models.ts` installs ours; a project's own model does the
 * same. Returns what puts the former state back.
 * Django: django/apps/registry.py register_model
 */
export function installUserModel(model: UserModel): () => void {
  const former = installed.get(model.name);
  installed.set(model.name, model);
  return () => {
    if (former) installed.set(model.name, former);
    else installed.delete(model.name);
  };
}

/** The model that `settings.AUTH_USER_MODEL` names; null when no such model is installed. */
export function findUserModel(): UserModel | null {
  return installed.get(settings.AUTH_USER_MODEL) ?? null;
}

/**
 * The model that `settings.AUTH_USER_MODEL` names.
 * Throws ImproperlyConfigured when no such model is installed.
 * Django: contrib/auth/__init__.py get_user_model
 */
export function getUserModel(): UserModel {
  const model = findUserModel();
  if (model) return model;
  const known = [...installed.keys()].join(', ');
  throw new ImproperlyConfigured(
    `AUTH_USER_MODEL names "${settings.AUTH_USER_MODEL}"; installed are ${known}.`,
  );
}

/**
 * What people call a field of the model, in lower case: "email address".
 * Django: Field.verbose_name
 */
export function verboseName(model: UserModel, field: string): string {
  return model.verboseNames?.[field] ?? words(field).join(' ');
}

/**
 * A field as Django spells it in options and in the environment: `first_name`.
 * Django: Field.name
 */
export function formName(field: string): string {
  return words(field).join('_');
}

/**
 * The user of this model whose unique field has this value, compared exactly. What cannot be a
 * stored value, a text with NUL or an id out of range, finds nobody.
 * Django: QuerySet.get
 */
export async function findUser(
  model: UserModel,
  field: string,
  value: string | number,
): Promise<User | null> {
  const isStorable = typeof value === 'string' ? !hasNul(value) : parseId(String(value)) !== null;
  if (!isStorable) return null;
  const row = await model.delegate.findFirst({ where: { [field]: value }, omit: WITH_PASSWORD });
  return row && model.fromRow(row as never);
}

/**
 * The user with this name, in the model's USERNAME_FIELD.
 * Django: contrib/auth/base_user.py BaseUserManager.get_by_natural_key
 */
export function findUserByName(name: string, model = getUserModel()): Promise<User | null> {
  return findUser(model, model.USERNAME_FIELD, name);
}

/**
 * The user of this name, made if there is none, with an empty encoded password, which nothing
 * matches. The name is taken as it is. `user` is null when the name cannot be stored. Of two
 * requests at once one makes the user, both get it.
 * Django: QuerySet.get_or_create(username=…), as RemoteUserBackend calls it
 */
export async function getOrCreateUser(
  name: string,
  model = getUserModel(),
): Promise<{ user: User | null; isCreated: boolean }> {
  if (name === '' || codePointLength(name) > model.USERNAME_MAX_LENGTH) {
    return { user: null, isCreated: false };
  }
  const known = await findUserByName(name, model);
  if (known || hasNul(name)) return { user: known, isCreated: false };
  const data = { ...model.newRow(), [model.USERNAME_FIELD]: name, password: '' };
  try {
    const row = await model.delegate.create({ data: data as never, omit: WITH_PASSWORD });
    return { user: model.fromRow(row as never), isCreated: true };
  } catch (error) {
    const user = await findUserByName(name, model);
    if (!user) throw error;
    return { user, isCreated: false };
  }
}

function words(field: string): string[] {
  return field.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}
