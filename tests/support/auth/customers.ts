import { normalizeEmail } from '@/lib/contrib/auth/base-user';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { User } from '@/lib/contrib/auth/models';
import { findUser, installUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns } from '@/lib/contrib/auth/users/user-rows';
import { validateEmail } from '@/lib/contrib/auth/validators';
import { ValidationError } from '@/lib/core/exceptions';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
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

/** A user model of a project's own: people sign in with their e-mail address, and have no groups. */
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

export const CUSTOMERS: UserModel = {
  name: 'shop.Customer',
  table: 'shop_customer',
  columns: {
    id: 'id',
    email: 'email',
    password: 'secret',
    lastLogin: 'last_login',
    isActive: 'is_active',
    isSuperuser: 'is_superuser',
    customerNumber: 'customer_number',
  } satisfies Record<keyof CustomerRow, string>,
  USERNAME_FIELD: 'email',
  USERNAME_MAX_LENGTH: 254,
  EMAIL_FIELD: 'email',
  REQUIRED_FIELDS: ['customerNumber'],
  verboseNames: { email: 'e-mail' },
  groups: null,
  userPermissions: null,
  // The table has no Prisma model, so its delegate is a few raw statements.
  delegate: {
    async findFirst({ where }) {
      const [row] = await db.$queryRaw<Record<string, unknown>[]>`
        SELECT ${userColumns(CUSTOMERS, 'c')} FROM shop_customer c WHERE ${matching(where)}`;
      return row ? unprefixed(row) : null;
    },
    async create({ data }) {
      const fields = Object.entries(data);
      const columns = Prisma.join(fields.map(([field]) => column(field)));
      await db.$executeRaw`
        INSERT INTO shop_customer (${columns}) VALUES (${Prisma.join(fields.map(([, v]) => v))})`;
      return (await this.findFirst({ where: data, omit: { password: false } })) ?? {};
    },
    async updateMany({ where, data }) {
      const changes = Object.entries(data).map(([f, value]) => Prisma.sql`${column(f)} = ${value}`);
      const count = await db.$executeRaw`
        UPDATE shop_customer SET ${Prisma.join(changes)} WHERE ${matching(where)}`;
      return { count };
    },
  },
  newRow: () => ({ isActive: true, isSuperuser: false, customerNumber: 0 }),
  clean(field, typed) {
    if (field === 'email') {
      validateEmail(typed);
      return normalizeEmail(typed);
    }
    if (!/^[1-9]\d{0,8}$/.test(typed)) throw new ValidationError('Enter a number.', 'invalid');
    return Number(typed);
  },
  fromRow: (row: CustomerRow) => new Customer(row),
};

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
  await CUSTOMERS.delegate.create({ data: data as never, omit: { password: false } });
  const customer = await findUser(CUSTOMERS, 'email', fields.email);
  if (!(customer instanceof Customer)) throw new Error('The customer was not made.');
  return customer;
}

function column(field: string): Prisma.Sql {
  return identifier(CUSTOMERS.columns[field] ?? field);
}

function matching(where: object): Prisma.Sql {
  const conditions = Object.entries(where).map(([f, value]) => Prisma.sql`${column(f)} = ${value}`);
  return Prisma.join(conditions, ' AND ');
}

function unprefixed(row: Record<string, unknown>): object {
  const fields = Object.entries(row).map(([name, value]) => [name.replace(/^user\./, ''), value]);
  return Object.fromEntries(fields);
}
