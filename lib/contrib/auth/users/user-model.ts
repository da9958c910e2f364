import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/users/user';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { type DbClient, db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { findSqlRows, insertSqlRow } from '@/lib/db/sql-delegate';
import { narrowIdsWhile } from '@/lib/db/wide-ids';
import { codePointLength, hasNul, parseId } from '@/lib/forms/fields';
import { factColumns, keepFacts } from './user-facts';

/** A column of a user model, as Prisma's metadata describes it. */
export type UserField = {
  readonly kind: 'id' | 'text' | 'integer' | 'boolean' | 'datetime';
  readonly column: string;
  /** Code points of a text; null without a limit. */
  readonly maxLength: number | null;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
};

/** A table that ties users to groups or permissions, and its column with the user's id. */
export type UserJoin = { readonly table: string; readonly column: string };

/** A user's row by the names of its fields in TypeScript. */
export type UserRecord = Readonly<Record<string, unknown>>;

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
  readonly fields: Readonly<Record<string, UserField>>;
  /** Whether the table's ids are bigint, as DEFAULT_AUTO_FIELD is since Django 3.2. They stay below 2^31. */
  readonly hasWideIds?: boolean;
  /** What the database calls the fields; `defineUserModel` makes it. */
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
  /** The values of a new row that is told nothing but its name; the password is left out. */
  newRow(): UserRecord;
  /**
   * The value to store of what somebody typed for the name or a required field. Throws
   * ValidationError.
   * Django: Field.clean
   */
  clean(field: string, typed: string): unknown;
  /** The user of a row; `username` and `email` of a User are filled from the model's own fields. */
  fromRow(row: UserRecord): User;
}

const installed = new Map<string, UserModel>();

narrowIdsWhile(() => findUserModel()?.hasWideIds === true);

/**
 * Describe a user model: everything but `columns`, which its fields say.
 * Django: class User(AbstractUser)
 */
export function defineUserModel(model: Omit<UserModel, 'columns'>): UserModel {
  const columns = Object.entries(model.fields).map(([name, { column }]) => [name, column]);
  return { ...model, columns: Object.fromEntries(columns) };
}

/**
 * Make a user model known under its name. `models.ts` installs ours; `lib/site/user-models.ts` is
 * where a project installs its own. Returns what puts the former state back.
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
    `AUTH_USER_MODEL names "${settings.AUTH_USER_MODEL}"; installed are ${known}. A model of one's own is installed in lib/site/user-models.ts.`,
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
 * stored value, a text with NUL or an id out of range, finds nobody. Inside a transaction give its
 * client.
 * Django: QuerySet.get
 */
export async function findUser(
  model: UserModel,
  field: string,
  value: string | number,
  client: DbClient = db,
): Promise<User | null> {
  const isStorable = typeof value === 'string' ? !hasNul(value) : parseId(String(value)) !== null;
  if (!isStorable) return null;
  const { table, columns } = model;
  const also = factColumns(Prisma.sql`${identifier(table)}.${identifier(columns['id'] ?? 'id')}`);
  const [row] = await findSqlRows(client, model, { where: { [field]: value }, take: 1, also });
  const user = row ? model.fromRow(row) : null;
  if (user && row) keepFacts(user, row);
  return user;
}

/**
 * The user with this name, in the model's USERNAME_FIELD.
 * Django: contrib/auth/base_user.py BaseUserManager.get_by_natural_key
 */
export function findUserByName(
  name: string,
  model = getUserModel(),
  client: DbClient = db,
): Promise<User | null> {
  return findUser(model, model.USERNAME_FIELD, name, client);
}

/**
 * Add a row of the model and give the user that it is. `values` are by the names of fields; the
 * password among them is encoded. Rejects as the database does, for a name that is taken say.
 * Django: Model.save
 */
export async function insertUser(
  client: DbClient,
  model: UserModel,
  values: UserRecord,
): Promise<User> {
  const id = await insertSqlRow(client, model, values);
  const blank = Object.keys(model.columns).map((field) => [field, null]);
  return model.fromRow({ ...Object.fromEntries(blank), ...values, id });
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
  const values = { ...model.newRow(), [model.USERNAME_FIELD]: name, password: '' };
  try {
    return { user: await insertUser(db, model, values), isCreated: true };
  } catch (error) {
    const user = await findUserByName(name, model);
    if (!user) throw error;
    return { user, isCreated: false };
  }
}

function words(field: string): string[] {
  return field.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}
