import { normalizeEmail } from '@/lib/contrib/auth/base-user';
import { abstractUserFields, User, type UserRow } from '@/lib/contrib/auth/models';
import {
  defineUserModel,
  installUserModel,
  type UserModel,
} from '@/lib/contrib/auth/users/user-model';
import { EMAIL_MAX_LENGTH, validateEmail, validateUsername } from '@/lib/contrib/auth/validators';
import { ValidationError } from '@/lib/core/exceptions';

type AccountRow = Omit<UserRow, 'username'> & { phone: string; floor: number | null };

/** A user model made from AbstractUser: the address is the name, a phone is required. */
export class Account extends User {
  readonly phone: string;
  readonly floor: number | null;

  constructor(row: AccountRow) {
    super({ ...row, username: row.email });
    this.phone = row.phone;
    this.floor = row.floor;
  }

  override get meta(): UserModel {
    return ACCOUNTS;
  }
}

const { username: _, email, ...inherited } = abstractUserFields;
const own = { maxLength: null, isRequired: true, isUnique: false };

export const ACCOUNTS = defineUserModel({
  name: 'accounts.User',
  table: 'accounts_user',
  fields: {
    ...inherited,
    email: { ...email, isUnique: true },
    phone: { ...own, kind: 'text', column: 'phone_number', maxLength: 20 },
    floor: { ...own, kind: 'integer', column: 'floor', isRequired: false },
  },
  USERNAME_FIELD: 'email',
  USERNAME_MAX_LENGTH: EMAIL_MAX_LENGTH,
  EMAIL_FIELD: 'email',
  REQUIRED_FIELDS: ['phone'],
  verboseNames: { email: 'email address', phone: 'phone' },
  groups: { table: 'accounts_user_groups', column: 'user_id' },
  userPermissions: { table: 'accounts_user_user_permissions', column: 'user_id' },
  newRow: () => ({
    lastLogin: null,
    isSuperuser: false,
    firstName: '',
    lastName: '',
    email: '',
    isStaff: false,
    isActive: true,
    dateJoined: new Date(),
    phone: '0000',
    floor: null,
  }),
  clean(field, typed) {
    // Inside the house an address is a mailbox alone, so that one text serves every test as a name.
    if (field !== 'phone') {
      if (typed.includes('@')) validateEmail(typed);
      else validateUsername(typed);
      return normalizeEmail(typed);
    }
    if (!/^[+\d][\d ]{2,19}$/.test(typed)) throw new ValidationError('Enter a phone.', 'invalid');
    return typed;
  },
  fromRow: (row) => new Account(row as AccountRow),
});

installUserModel(ACCOUNTS);
