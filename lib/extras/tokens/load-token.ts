import type { User } from '@/lib/contrib/auth/models';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns, userOf } from '@/lib/contrib/auth/users/user-rows';
import { db } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { Token } from './models';
import { hashOf } from './token-text';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

type TokenRow = Omit<Token, 'permissions'> & { perms: string | null } & Record<string, unknown>;

/**
 * The token of this text, ended or not, with what it carries and its owner, in one statement. Null
 * when there is none.
 */
export async function loadToken(text: string): Promise<{ token: Token; user: User } | null> {
  const model = getUserModel();
  const { table, columns } = model;
  const [row] = await db.$queryRaw<TokenRow[]>`
    SELECT t.id, t.user_id AS "userId", t.name, t.start, t.is_full AS "isFull", t.networks,
           t.created, t.expires, t.last_used AS "lastUsed", t.last_used_ip AS "lastUsedIp",
           t.revoked, ${userColumns(model, 'u')},
           (SELECT string_agg(ct.app_label || '.' || p.codename, '\n')
            FROM auth_token_permission tp
            JOIN auth_permission p ON p.id = tp.permission_id
            JOIN django_content_type ct ON ct.id = p.content_type_id
            WHERE tp.token_id = t.id) AS perms
    FROM auth_token t
    JOIN ${identifier(table)} u ON u.${identifier(columns['id'] ?? 'id')} = t.user_id
    WHERE t.token_hash = ${hashOf(text)}`;
  const user = row && userOf(model, row);
  if (!row || !user) return null;
  const { id, userId, name, start, isFull, networks, created, expires, ...rest } = row;
  const { lastUsed, lastUsedIp, revoked, perms } = rest;
  const permissions = perms === null ? [] : [...new Set(perms.split('\n'))].sort();
  const own = { id: Number(id), userId: Number(userId), name, start, isFull, networks };
  return {
    token: { ...own, created, expires, lastUsed, lastUsedIp, revoked, permissions },
    user,
  };
}
