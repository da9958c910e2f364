import type { User } from '@/lib/contrib/auth/models';
import { type DbClient, db } from '@/lib/db/client';

/** A token as its owner sees it: nothing of its text but the start. */
export type Token = {
  id: number;
  userId: number;
  name: string;
  start: string;
  isFull: boolean;
  /** One a line, as `parseNetworks` gives them; '' for everywhere. */
  networks: string;
  created: Date;
  expires: Date | null;
  lastUsed: Date | null;
  lastUsedIp: string;
  revoked: Date | null;
  /** What it carries, `app.codename`, in order. */
  permissions: string[];
};

/** The columns of a token that may be read; its hash is not among them. */
const COLUMNS = {
  id: true,
  userId: true,
  name: true,
  start: true,
  isFull: true,
  networks: true,
  created: true,
  expires: true,
  lastUsed: true,
  lastUsedIp: true,
  revoked: true,
} as const;

const WITH_PERMISSIONS = {
  ...COLUMNS,
  permissions: {
    select: {
      permission: {
        select: { codename: true, contentType: { select: { appLabel: true } } },
      },
    },
  },
} as const;

/** Whether a token can still be used, its owner aside. */
export function isAlive(
  { expires, revoked }: Pick<Token, 'expires' | 'revoked'>,
  now = new Date(),
) {
  return revoked === null && (expires === null || expires > now);
}

/** The condition on tokens that can still be used. */
export function alive(now = new Date()) {
  return { revoked: null, OR: [{ expires: null }, { expires: { gt: now } }] };
}

/** The tokens of a person that can still be used, the newest first. */
export function listTokens(userId: number, client: DbClient = db): Promise<Token[]> {
  return findTokens({ userId, ...alive() }, client);
}

/** All tokens of a person, those that ended too, the newest first. */
export function allTokensOf(userId: number): Promise<Token[]> {
  return findTokens({ userId }, db);
}

async function findTokens(where: object, client: DbClient): Promise<Token[]> {
  const rows = await client.token.findMany({
    where,
    select: WITH_PERMISSIONS,
    orderBy: [{ created: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ permissions, ...row }) => ({
    ...row,
    permissions: permissions
      .map(({ permission: { codename, contentType } }) => `${contentType.appLabel}.${codename}`)
      .sort(),
  }));
}

/** The tokens of this start, as people and logs name them; two may share one, by chance. */
export function findTokensByStart(start: string, client: DbClient = db) {
  return client.token.findMany({ where: { start }, select: COLUMNS, orderBy: { id: 'asc' } });
}

/** Whether a user is a program's account: nobody signs in to it. One statement. */
export async function isServiceAccount({ id }: Pick<User, 'id'>): Promise<boolean> {
  return (await db.serviceAccount.count({ where: { userId: id }, take: 1 })) > 0;
}
