import type { PermissionName } from '@/lib/apps/installed';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { hashOf, makeTokenText, startOf } from '@/lib/extras/tokens/token-text';

type Row = { expires?: Date | null; revoked?: Date | null; networks?: string; isFull?: boolean };

/** The text of a token as the database may hold it, also one that nobody could make. */
export async function tokenRow(
  user: User,
  perms: readonly PermissionName[],
  row: Row = {},
): Promise<{ id: number; text: string }> {
  const text = makeTokenText();
  const { id } = await db.token.create({
    data: {
      userId: user.id,
      name: 'test',
      start: startOf(text),
      tokenHash: hashOf(text),
      isFull: false,
      networks: '',
      created: new Date(),
      expires: null,
      lastUsedIp: '',
      ...row,
    },
  });
  const data = (await permissionIds(perms)).map((permissionId) => ({ tokenId: id, permissionId }));
  await db.tokenPermission.createMany({ data });
  return { id, text };
}

/** The ids of permissions, `app.codename`, in one statement. */
export async function permissionIds(perms: readonly string[]): Promise<number[]> {
  const rows = await db.permission.findMany({
    where: { codename: { in: perms.map((perm) => perm.split('.')[1] ?? '') } },
    select: { id: true, codename: true, contentType: { select: { appLabel: true } } },
  });
  return rows
    .filter(({ codename, contentType }) => perms.includes(`${contentType.appLabel}.${codename}`))
    .map(({ id }) => id);
}

/** The header of a bearer. */
export function bearer(text: string): Record<string, string> {
  return { authorization: `Bearer ${text}` };
}
