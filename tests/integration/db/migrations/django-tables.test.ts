import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import {
  columnsOf,
  foreignKeysOf,
  indexesOf,
  sqliteDdl,
} from '@/tests/support/databases/describe-tables';

// The words of the fact sheet about Django, and what each is on the database under test.
const TYPES: Record<string, string> =
  testDatabase === 'sqlite'
    ? { int: 'integer', bool: 'bool', datetime: 'datetime', smallint: 'smallint unsigned' }
    : {
        int: 'integer',
        bool: 'boolean',
        datetime: 'timestamp with time zone',
        smallint: 'smallint',
      };

const TABLES: Record<string, string> = {
  auth_user: `id int, password varchar(128), last_login datetime null, is_superuser bool,
    username varchar(150), first_name varchar(150), last_name varchar(150), email varchar(254),
    is_staff bool, is_active bool, date_joined datetime`,
  auth_group: 'id int, name varchar(150)',
  auth_permission: 'id int, name varchar(255), content_type_id int, codename varchar(100)',
  django_content_type: 'id int, app_label varchar(100), model varchar(100)',
  auth_user_groups: 'id int, user_id int, group_id int',
  auth_user_user_permissions: 'id int, user_id int, permission_id int',
  auth_group_permissions: 'id int, group_id int, permission_id int',
  django_admin_log: `id int, action_time datetime, object_id text null, object_repr varchar(200),
    action_flag smallint, change_message text, content_type_id int null, user_id int`,
};

const INDEXES: Record<string, Record<string, string>> = {
  auth_permission: {
    auth_permission_content_type_id_codename_01ab375a_uniq: 'unique (content_type_id, codename)',
    auth_permission_content_type_id_2f476e4b: '(content_type_id)',
  },
  django_content_type: {
    django_content_type_app_label_model_76bd3d3b_uniq: 'unique (app_label, model)',
  },
  auth_user_groups: {
    auth_user_groups_user_id_group_id_94350c0c_uniq: 'unique (user_id, group_id)',
    auth_user_groups_user_id_6a12ed8b: '(user_id)',
    auth_user_groups_group_id_97559544: '(group_id)',
  },
  auth_user_user_permissions: {
    auth_user_user_permissions_user_id_permission_id_14a6b632_uniq:
      'unique (user_id, permission_id)',
    auth_user_user_permissions_user_id_a95ead1b: '(user_id)',
    auth_user_user_permissions_permission_id_1fbb5f2c: '(permission_id)',
  },
  auth_group_permissions: {
    auth_group_permissions_group_id_permission_id_0cd325b0_uniq: 'unique (group_id, permission_id)',
    auth_group_permissions_group_id_b120cbf9: '(group_id)',
    auth_group_permissions_permission_id_84c5c92e: '(permission_id)',
  },
  django_admin_log: {
    django_admin_log_content_type_id_c4bce8eb: '(content_type_id)',
    django_admin_log_user_id_c564eba6: '(user_id)',
  },
  ...(testDatabase === 'sqlite'
    ? {
        auth_user: { sqlite_autoindex_auth_user_1: 'unique (username)' },
        auth_group: { sqlite_autoindex_auth_group_1: 'unique (name)' },
      }
    : {
        auth_user: {
          auth_user_username_key: 'unique (username)',
          auth_user_username_6821ab7c_like: '(username varchar_pattern_ops)',
        },
        auth_group: {
          auth_group_name_key: 'unique (name)',
          auth_group_name_a6ea08ec_like: '(name varchar_pattern_ops)',
        },
      }),
};

const FOREIGN_KEYS: Record<string, Record<string, string>> = {
  auth_user: {},
  auth_group: {},
  django_content_type: {},
  auth_permission: { content_type_id: 'django_content_type' },
  auth_user_groups: { group_id: 'auth_group', user_id: 'auth_user' },
  auth_user_user_permissions: { permission_id: 'auth_permission', user_id: 'auth_user' },
  auth_group_permissions: { group_id: 'auth_group', permission_id: 'auth_permission' },
  django_admin_log: { content_type_id: 'django_content_type', user_id: 'auth_user' },
};

beforeAll(async () => {
  const tearDown = await emptyDatabase();
  await applyMigrations();
  return tearDown;
});

function expectedColumns(text: string): Record<string, string> {
  const columns = text.split(/,\s+/).map((column) => {
    const [name = '', word = '', ...rest] = column.split(' ');
    const type = testDatabase === 'sqlite' ? word : word.replace('varchar', 'character varying');
    return [name, [TYPES[word] ?? type, ...rest].join(' ')] as const;
  });
  return Object.fromEntries(columns);
}

describe.each(Object.keys(TABLES))('%s', (table) => {
  it("has Django's columns, in Django's order", async () => {
    const columns = await columnsOf(table);
    const expected = expectedColumns(TABLES[table] ?? '');
    expect(columns).toEqual(expected);
    expect(Object.keys(columns)).toEqual(Object.keys(expected));
  });

  it("has Django's indexes under Django's names, and ours for the list of users", async () => {
    const indexes = Object.entries(await indexesOf(table));
    const djangos = indexes.filter(([name]) => !name.startsWith('auth_user_list_'));
    expect(Object.fromEntries(djangos)).toEqual(INDEXES[table]);
  });

  it("has Django's foreign keys: checked at commit, without an action", async () => {
    const expected = Object.entries(FOREIGN_KEYS[table] ?? {}).map(([column, target]) => ({
      column,
      target,
      isDeferred: true,
      onDelete: 'NO ACTION',
    }));
    expect(await foreignKeysOf(table)).toEqual(expected);
  });

  it('gives out its own ids and has no default in the database', async () => {
    if (testDatabase === 'sqlite') {
      const ddl = await sqliteDdl(table);
      expect(ddl).toContain('"id" integer NOT NULL PRIMARY KEY AUTOINCREMENT');
      expect(ddl).not.toContain('DEFAULT');
      return;
    }
    const rows = await db.$queryRaw<{ name: string; value: string; identity: string }[]>`
      SELECT column_name::text AS name, column_default AS value, identity_generation AS identity
      FROM information_schema.columns WHERE table_name = ${table} ORDER BY ordinal_position`;
    expect(rows[0]).toEqual({ name: 'id', value: null, identity: 'BY DEFAULT' });
    expect(rows.every((row) => row.value === null)).toBe(true);
  });
});

describe('the whole database', () => {
  it('has no django_session: sessions are in a table of our own', async () => {
    expect(await columnsOf('django_session')).toEqual({});
    expect(Object.keys(await columnsOf('auth_session'))).toContain('session_key');
  });

  it('refuses a negative action flag', async () => {
    const user = await db.user.create({
      data: {
        username: 'ada',
        password: '',
        firstName: '',
        lastName: '',
        email: '',
        isActive: true,
        isStaff: false,
        isSuperuser: false,
        dateJoined: new Date(),
      },
    });
    const entry = { userId: user.id, actionTime: new Date(), objectRepr: '', changeMessage: '' };
    await expect(db.logEntry.create({ data: { ...entry, actionFlag: -1 } })).rejects.toThrow();
    await db.logEntry.create({ data: { ...entry, actionFlag: 3 } });
  });

  it('takes names that differ in case only, as Django does', async () => {
    await db.group.createMany({ data: [{ name: 'Editors' }, { name: 'editors' }] });
    await expect(db.group.create({ data: { name: 'Editors' } })).rejects.toMatchObject({
      code: 'P2002',
    });
  });
});
