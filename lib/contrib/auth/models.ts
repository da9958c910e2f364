import { APPS } from '@/lib/apps/declared';
import { declaredModels } from '@/lib/apps/define-app';
import { settings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';
import { findSqlRows, updateSqlRows } from '@/lib/db/sql-delegate';
import { codePointLength } from '@/lib/forms/fields';
import { MODEL_META } from '@/lib/generated/model-meta';
import { AbstractBaseUser, normalizeEmail, normalizeUsername } from './base-user';
import { PermissionsMixin } from './permissions/permissions-mixin';
import { passwordSet } from './signals';
import { deleteGroup, deletePermission, deleteUser } from './users/deletion';
import type { RequestUser, Stranger, User as UserInterface } from './users/user';
import {
  defineUserModel,
  installUserModel,
  type UserField,
  type UserModel,
  type UserRecord,
} from './users/user-model';
import { USERNAME_MAX_LENGTH, validateEmail, validateUsername } from './validators';

export type { RequestUser };

/** A user's row, the columns of AbstractUser. */
export type UserRow = {
  id: number;
  password: string;
  lastLogin: Date | null;
  isSuperuser: boolean;
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  isStaff: boolean;
  isActive: boolean;
  dateJoined: Date;
};

/**
 * Somebody who may sign in. What a user holds is read once per instance: a grant made
 * afterwards shows on a freshly loaded one.
 * Django: contrib/auth/models.py User (AbstractUser, PermissionsMixin)
 */
class AuthUser extends AbstractBaseUser implements UserInterface {
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  isStaff: boolean;
  isActive: boolean;
  isSuperuser: boolean;
  dateJoined: Date;

  constructor(row: UserRow) {
    super(row);
    this.username = row.username;
    this.firstName = row.firstName;
    this.lastName = row.lastName;
    this.email = row.email;
    this.isStaff = row.isStaff;
    this.isActive = row.isActive;
    this.isSuperuser = row.isSuperuser;
    this.dateJoined = row.dateJoined;
  }

  /** What the application knows of the model; a model of one's own says its own here. */
  get meta(): UserModel {
    return authUser;
  }

  getFullName(): string {
    return `${this.firstName} ${this.lastName}`.trim();
  }

  getShortName(): string {
    return this.firstName;
  }

  equals(other: RequestUser): boolean {
    return other.id === this.id;
  }

  /**
   * Write the named fields, or all, into the user's row. Throws when the row is gone.
   * Django: Model.save(update_fields=…)
   */
  async save(updateFields?: readonly Exclude<keyof UserRow, 'id'>[]): Promise<void> {
    const { meta } = this;
    const names = updateFields ?? Object.keys(meta.columns).filter((name) => name !== 'id');
    const data = Object.fromEntries(names.map((name) => [name, this.#value(name)]));
    const count = await updateSqlRows(db, meta, { id: this.id }, data);
    if (count === 0) throw new Error(`The user ${this.id} no longer exists.`);
    if (!names.includes('password')) return;
    await this.passwordSaved();
    await passwordSet.send({ user: this });
  }

  /** Delete the row and what hangs on it; false when it was gone already. */
  delete(): Promise<boolean> {
    return deleteUser(this.id, this.meta, this.meta.name === settings.AUTH_USER_MODEL);
  }

  protected override async replacePassword(current: string, next: string): Promise<string | null> {
    const { id, meta } = this;
    const where = { id, password: current };
    if ((await updateSqlRows(db, meta, where, { password: next })) > 0) return next;
    const [row] = await findSqlRows(db, meta, { where: { id }, fields: ['id', 'password'] });
    return row ? String(row['password']) : null;
  }

  #value(field: string): unknown {
    return field === 'password' ? this.encodedPassword() : Reflect.get(this, field);
  }
}

/** The class of a user, for who makes one or declares a model of one's own; as a type, the interface. */
export const User = AuthUser;
export type User = UserInterface;
const own = MODEL_META.User.fields;

/**
 * The columns of AbstractUser, for `auth.User` and for a model of one's own that is made from it.
 * Django: contrib/auth/models.py AbstractUser
 */
export const abstractUserFields = {
  id: own.id,
  password: own.password,
  lastLogin: own.lastLogin,
  isSuperuser: own.isSuperuser,
  username: own.username,
  firstName: own.firstName,
  lastName: own.lastName,
  email: own.email,
  isStaff: own.isStaff,
  isActive: own.isActive,
  dateJoined: own.dateJoined,
} satisfies Record<keyof UserRow, UserField>;

/**
 * The model `auth.User`, installed under its name.
 * Django: contrib/auth/models.py AbstractUser.USERNAME_FIELD, EMAIL_FIELD, REQUIRED_FIELDS
 */
export const authUser: UserModel = defineUserModel({
  name: 'auth.User',
  table: MODEL_META.User.table,
  fields: abstractUserFields,
  USERNAME_FIELD: 'username',
  USERNAME_MAX_LENGTH,
  EMAIL_FIELD: 'email',
  REQUIRED_FIELDS: ['email'],
  verboseNames: { email: 'email address' },
  groups: { table: 'auth_user_groups', column: 'user_id' },
  userPermissions: { table: 'auth_user_user_permissions', column: 'user_id' },
  newRow: () => ({
    lastLogin: null,
    isSuperuser: false,
    firstName: '',
    lastName: '',
    email: '',
    isStaff: false,
    isActive: true,
    dateJoined: new Date(),
  }),
  clean: cleanUserField,
  fromRow: (row: UserRecord) => new User(row as UserRow),
});

installUserModel(authUser);

function cleanUserField(field: string, typed: string): string {
  if (field === 'username') {
    // Normalising costs more the longer the text, and an overlong one is refused anyway.
    const isOverlong = codePointLength(typed) > USERNAME_MAX_LENGTH;
    const username = isOverlong ? typed : normalizeUsername(typed);
    validateUsername(username);
    return username;
  }
  if (field === 'email' && typed !== '') validateEmail(typed);
  return field === 'email' ? normalizeEmail(typed) : typed;
}

/**
 * Nobody in particular: a request without a session, or with one that no longer counts. Backends
 * are asked for a stranger's permissions too; ModelBackend grants none.
 * Django: contrib/auth/models.py AnonymousUser
 */
export class AnonymousUser extends PermissionsMixin implements Stranger {
  readonly id = null;
  readonly username = '';
  readonly isActive = false;
  readonly isStaff = false;
  readonly isSuperuser = false;

  get isAuthenticated(): false {
    return false;
  }

  get isAnonymous(): true {
    return true;
  }

  getUsername(): string {
    return this.username;
  }

  override toString(): string {
    return 'AnonymousUser';
  }

  equals(other: RequestUser): boolean {
    return other.isAnonymous;
  }
}

/**
 * A named set of permissions; its members hold them all.
 * Django: contrib/auth/models.py Group
 */
export class Group {
  readonly id: number;
  name: string;

  constructor(row: { id: number; name: string }) {
    this.id = row.id;
    this.name = row.name;
  }

  /** Delete the row and what hangs on it; false when it was gone already. */
  delete(): Promise<boolean> {
    return deleteGroup(this.id);
  }

  naturalKey(): [name: string] {
    return [this.name];
  }

  toString(): string {
    return this.name;
  }
}

/**
 * One thing that somebody may do with one model.
 * Django: contrib/auth/models.py Permission
 */
export class Permission {
  readonly id: number;
  /** The label people read, "Can add article". */
  name: string;
  codename: string;
  readonly contentType: { appLabel: string; model: string };

  constructor(row: {
    id: number;
    name: string;
    codename: string;
    contentType: { appLabel: string; model: string };
  }) {
    this.id = row.id;
    this.name = row.name;
    this.codename = row.codename;
    this.contentType = row.contentType;
  }

  /**
   * `app.codename`, as `hasPerm` takes it.
   * Django: Permission.user_perm_str
   */
  get userPermStr(): string {
    return `${this.contentType.appLabel}.${this.codename}`;
  }

  /** Delete the row and what hangs on it; false when it was gone already. */
  delete(): Promise<boolean> {
    return deletePermission(this.id);
  }

  naturalKey(): [codename: string, appLabel: string, model: string] {
    return [this.codename, this.contentType.appLabel, this.contentType.model];
  }

  /** App, model and label: `Articles | article | Can add article`. */
  toString(): string {
    const { appLabel, model } = this.contentType;
    const ofApp = declaredModels(APPS).filter((each) => each.appLabel === appLabel);
    const declared = ofApp.find((each) => each.model === model);
    const app = ofApp[0]?.appVerboseName ?? appLabel;
    const names = [app, declared?.declaration.verboseName ?? model];
    return [...names, this.name].join(' | ');
  }
}
