import type { DemoData } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';
import { env } from '@/lib/conf/env';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { createPermissions } from '@/lib/contrib/auth/management/create-permissions';
import { findUserByName, getUserModel, insertUser } from '@/lib/contrib/auth/users/user-model';
import { userGroupsTable } from '@/lib/contrib/auth/users/user-table';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { getTextList } from '@/lib/core/text';
import { db, transaction } from '@/lib/db/client';
// Takes in what the apps bring.
import '@/lib/site/app-configs';
import { PEOPLE } from './seed-data';
import { demoName, demoValues } from './seed-people';
import { seedUsers } from './seed-users';

const MAX_USERS = 1_000_000;

/**
 * Make the demonstration groups and people, what the apps bring to them, and with `--users N` as many numbered users.
 * What exists is left as it is, so a second run changes nothing. The people have DEMO_PASSWORD, or
 * no usable password without it.
 */
export const command: Command = {
  name: 'seed',
  usage: '[--users N]',
  help: 'Makes demonstration data; what exists already stays as it is.',
  async run(args, io) {
    const { values } = parseCommandArgs({ args, options: { users: { type: 'string' } } });
    const count = parseCount(values.users ?? '0');
    await createPermissions();
    const password = await makePassword(env.DEMO_PASSWORD || null);
    const groups = await seedGroups();
    const people = await seedPeople(password, groups);
    const added = [`${people} people`];
    for (const { add, noun } of await demos()) added.push(`${await add(demoName)} ${noun}`);
    io.out(`Added ${getTextList(added, 'and')}.`);
    if (people > 0 && !env.DEMO_PASSWORD) {
      io.out('They cannot sign in: set DEMO_PASSWORD before the first run, or use changepassword.');
    }
    if (count > 0) {
      const users = await seedUsers(count, password, [...groups.values()]);
      io.out(`Added ${users} users.`);
    }
    return 0;
  },
};

function parseCount(text: string): number {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count <= MAX_USERS)) throw new CommandError(`--users takes 0 to ${MAX_USERS}.`, 2);
  return count;
}

function demos(): Promise<DemoData[]> {
  return Promise.all(brought('demos').map((load) => load()));
}

/** Make the demonstration groups where they are missing. Returns their ids by name. */
export async function seedGroups(): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const groups = (await demos()).flatMap((demo) => Object.entries(demo.groups));
  for (const [name, names] of groups) {
    const existing = await db.group.findUnique({ where: { name } });
    ids.set(name, existing?.id ?? (await createGroup(name, names)));
  }
  return ids;
}

async function createGroup(name: string, names: readonly string[]): Promise<number> {
  return transaction(async (tx) => {
    const group = await tx.group.create({ data: { name } });
    const permissions = await tx.permission.findMany({
      where: {
        OR: names.map((permission) => {
          const [appLabel = '', codename = ''] = permission.split('.');
          return { codename, contentType: { appLabel } };
        }),
      },
    });
    await tx.groupPermission.createMany({
      data: permissions.map(({ id }) => ({ groupId: group.id, permissionId: id })),
    });
    return group.id;
  });
}

async function seedPeople(password: string, groups: Map<string, number>): Promise<number> {
  const model = getUserModel();
  let added = 0;
  for (const { group, ...person } of PEOPLE) {
    const values = demoValues(person, password);
    if (await findUserByName(String(values[model.USERNAME_FIELD]))) continue;
    await transaction(async (tx) => {
      const user = await insertUser(tx, model, values);
      const groupId = groups.get(group);
      const { table, user: userId } = userGroupsTable();
      if (!groupId || !model.groups) return;
      await tx.$executeRaw`
        INSERT INTO ${table} (${userId}, group_id) VALUES (${user.id}, ${groupId})`;
    });
    added += 1;
  }
  return added;
}
