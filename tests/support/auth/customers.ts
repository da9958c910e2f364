import { normalizeEmail } from '@/lib/contrib/auth/base-user';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { User } from '@/lib/contrib/auth/models';
import {
  defineUserModel,
  findUser,
  insertUser,
  installUserModel,
  type UserField,
  type UserModel,
} from '@/lib/contrib/auth/users/user-model';
import { validateEmail } from '@/lib/contrib/auth/validators';
import { ValidationError } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { testDatabase } from '@/tests/support/database';

type CustomerRow = {
  id: number;
  email: string;
  password: string;
  lastLogin: Date | null;
  isActive: boolean;
  isSuperuser: boolean;
  customerNumber: number;
};

/** A user model of a project's own: people sign in with their email address, and have no groups. */
export class Customer extends User {
  readonly customerNumber: number;

  constructor(row: CustomerRow) {
    const rest = { firstName: '', lastName: '', isStaff: false, dateJoined: new Date(0) };
    super({ ...row, ...rest, username: row.email });
    this.customerNumber = row.customerNumber;
  }

  override get meta(): UserModel {
    return CUSTOMERS;
  }
}

const plain = { maxLength: null, isRequired: true, isUnique: false };

export const CUSTOMERS: UserModel = defineUserModel({
  name: 'shop.Customer',
  table: 'shop_customer',
  fields: {
    id: { ...plain, kind: 'id', column: 'id' },
    email: { ...plain, kind: 'text', column: 'email', maxLength: 254, isUnique: true },
    password: { ...plain, kind: 'text', column: 'secret', maxLength: 128 },
    lastLogin: { ...plain, kind: 'datetime', column: 'last_login', isRequired: false },
    isActive: { ...plain, kind: 'boolean', column: 'is_active' },
    isSuperuser: { ...plain, kind: 'boolean', column: 'is_superuser' },
    customerNumber: { ...plain, kind: 'integer', column: 'customer_number' },
  } satisfies Record<keyof CustomerRow, UserField>,
  USERNAME_FIELD: 'email',
  USERNAME_MAX_LENGTH: 254,
  EMAIL_FIELD: 'email',
  REQUIRED_FIELDS: ['customerNumber'],
  verboseNames: { email: 'email' },
  groups: null,
  userPermissions: null,
  newRow: () => ({ isActive: true, isSuperuser: false, lastLogin: null, customerNumber: 0 }),
  clean(field, typed) {
    if (field === 'email') {
      validateEmail(typed);
      return normalizeEmail(typed);
    }
    if (!/^[1-9]\d{0,8}$/.test(typed)) throw new ValidationError('Enter a number.', 'invalid');
    return Number(typed);
  },
  fromRow: (row) => new Customer(row as CustomerRow),
});

/** Make the table, with statements of the database at hand, and let the settings name the model. */
export async function installCustomers(): Promise<void> {
  const isSqlite = testDatabase === 'sqlite';
  const id = isSqlite ? 'integer PRIMARY KEY AUTOINCREMENT' : 'serial PRIMARY KEY';
  const time = isSqlite ? 'datetime' : 'timestamptz';
  await db.$executeRawUnsafe(`CREATE TABLE shop_customer (
    id ${id}, email varchar(254) NOT NULL, secret varchar(128) NOT NULL, last_login ${time} NULL,
    is_active bool NOT NULL, is_superuser bool NOT NULL, customer_number integer NOT NULL)`);
  await db.$executeRawUnsafe('CREATE UNIQUE INDEX shop_customer_email ON shop_customer (email)');
  installUserModel(CUSTOMERS);
}

export async function createCustomer({
  password,
  ...fields
}: {
  email: string;
  password: string;
  isActive?: boolean;
}): Promise<Customer> {
  const data = {
    ...CUSTOMERS.newRow(),
    ...fields,
    password: await makePassword(password),
  };
  await insertUser(db, CUSTOMERS, data);
  const customer = await findUser(CUSTOMERS, 'email', fields.email);
  if (!(customer instanceof Customer)) throw new Error('The customer was not made.');
  return customer;
}
