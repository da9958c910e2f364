import fc from 'fast-check';
import { PERMISSION_NAMES } from '@/lib/apps/installed';
import { db } from '@/lib/db/client';

/** A model that neither side declares, with permissions of any name. */
type ModelRow = { appLabel: string; model: string; codenames: string[] };

/** Permissions are named `app.model.codename` here: `app.codename` may name two. */
export type World = {
  contentTypes: ModelRow[];
  groups: { name: string; permissions: string[] }[];
  users: {
    username: string;
    isActive: boolean;
    isStaff: boolean;
    isSuperuser: boolean;
    permissions: string[];
    groups: string[];
  }[];
};

// Two models of one app share a codename; labels and codenames are parts of one another and hold
// dots and quotes.
const EXTRA: ModelRow[] = [
  { appLabel: 'au', model: 'user', codenames: ['add_user', 'th.dotted', '.', ''] },
  { appLabel: 'auth_', model: 'user', codenames: ['add_user', 'Add_User'] },
  { appLabel: 'shop', model: 'cart', codenames: ['close', "it's", '%', 'schließen', '\u{1f600}'] },
  { appLabel: 'shop', model: 'till', codenames: ['close', 'open it', 'a'.repeat(100)] },
];

/** Permission names to ask for: all there are, and what resembles one. */
export const ASKED: string[] = [
  ...PERMISSION_NAMES,
  ...EXTRA.flatMap(({ appLabel, codenames }) => codenames.map((name) => `${appLabel}.${name}`)),
  ...['', '.', 'auth', 'auth.', '.add_user', 'AUTH.add_user', 'auth.ADD_USER', 'auth..add_user'],
  ...['auth.user.add_user', 'add_user', ' auth.add_user', 'auth.add_user ', 'none.at_all', '*.*'],
  ...['auth.%', 'auth.add_use_', 'a\u0000.b', 'shop.cart.close', '__proto__.constructor'],
];

/** App labels to ask for. */
export const LABELS: string[] = [
  ...['admin', 'auth', 'contenttypes', 'sessions', 'articles', 'au', 'auth_', 'shop', 'au.th'],
  ...['', '.', 'AUTH', 'a', 'aut', 'auth.', 'auth.user', 'none', '%', 'constructor'],
];

const some = <T>(values: readonly T[]) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant<T[]>([]) },
    { weight: 4, arbitrary: fc.subarray([...values], { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.subarray([...values]) },
  );

const mostly = (value: boolean) => fc.integer({ max: 3, min: 0 }).map((n) => n > 0 === value);

/** Any users and groups, given the permissions that exist as `app.model.codename`. */
export function anyWorld(existing: readonly string[]): fc.Arbitrary<World> {
  const labels = [...existing, ...EXTRA.flatMap(labelsOf)];
  const groups = fc
    .array(some(labels), { maxLength: 5 })
    .map((sets) => sets.map((permissions, index) => ({ name: `Group ${index}`, permissions })));
  return groups.chain((made) => {
    const user = fc.record({
      isActive: mostly(true),
      isStaff: fc.boolean(),
      isSuperuser: mostly(false),
      permissions: some(labels),
      groups: fc.subarray(made.map(({ name }) => name)),
    });
    return fc.array(user, { minLength: 3, maxLength: 6 }).map((users) => ({
      contentTypes: EXTRA,
      groups: made,
      users: users.map((fields, index) => ({ ...fields, username: `user${index}` })),
    }));
  });
}

function labelsOf({ appLabel, model, codenames }: ModelRow): string[] {
  return codenames.map((codename) => `${appLabel}.${model}.${codename}`);
}

/** Make the rows of a world with our own client. */
export async function makeWorld({ contentTypes, groups, users }: World): Promise<void> {
  for (const { appLabel, model, codenames } of contentTypes) {
    const { id } = await db.contentType.create({ data: { appLabel, model } });
    const data = codenames.map((codename) => ({ contentTypeId: id, codename, name: codename }));
    await db.permission.createMany({ data });
  }
  const ids = await permissionIds();
  const toIds = (labels: string[]) => labels.map((label) => ids.get(label) ?? 0);
  for (const { name, permissions } of groups) {
    const { id: groupId } = await db.group.create({ data: { name } });
    const data = toIds(permissions).map((permissionId) => ({ groupId, permissionId }));
    await db.groupPermission.createMany({ data });
  }
  const groupIds = new Map((await db.group.findMany()).map(({ id, name }) => [name, id]));
  for (const { permissions, groups: names, ...fields } of users) {
    const blank = { email: '', firstName: '', lastName: '', password: '!', dateJoined: new Date() };
    const { id: userId } = await db.user.create({ data: { ...blank, ...fields } });
    const granted = toIds(permissions).map((permissionId) => ({ userId, permissionId }));
    await db.userPermission.createMany({ data: granted });
    const joined = names.map((name) => ({ userId, groupId: groupIds.get(name) ?? 0 }));
    await db.userGroup.createMany({ data: joined });
  }
}

/** The permissions of the database by `app.model.codename`. */
export async function permissionIds(): Promise<Map<string, number>> {
  const rows = await db.permission.findMany({ include: { contentType: true } });
  return new Map(
    rows.map(({ id, codename, contentType: { appLabel, model } }) => [
      `${appLabel}.${model}.${codename}`,
      id,
    ]),
  );
}
