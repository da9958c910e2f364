import type { PermissionName } from '@/lib/apps/installed';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { hashOf, makeTokenText, startOf } from '@/lib/extras/tokens/token-text';
import { type Answer, answerOf } from '@/tests/support/plain-source';

const ORIGIN = 'http://localhost:3000';

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

type Sent = { method?: string; path?: string; headers?: Record<string, string>; json?: unknown };

type Handler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** Call a route handler with a plain request: what came back, its body read. */
export async function ask<P extends Record<string, string>>(
  handler: Handler<P>,
  { method = 'GET', path = '/api/me/', headers = {}, json }: Sent = {},
  ...[params]: Record<string, never> extends P ? [params?: P] : [params: P]
): Promise<Answer & { body: unknown }> {
  const sent = {
    host: new URL(ORIGIN).host,
    'x-forwarded-for': '192.0.2.1',
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  };
  const body = json === undefined ? null : JSON.stringify(json);
  const request = new Request(`${ORIGIN}${path}`, { method, headers: sent, body });
  const context = { params: Promise.resolve(params ?? ({} as P)) };
  const answer = await answerOf(request, 'handler', () => handler(request, context));
  const text = answer.value instanceof Response ? await answer.value.text() : '';
  return { ...answer, body: jsonOf(text), headers: headersOf(answer) };
}

/** The header of a bearer. */
export function bearer(text: string): Record<string, string> {
  return { authorization: `Bearer ${text}` };
}

function headersOf({ value, headers }: Answer): Headers {
  return value instanceof Response ? value.headers : headers;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
