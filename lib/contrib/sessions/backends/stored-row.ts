import { settings } from '@/lib/conf/settings';
import { IMPERSONATOR_KEY, type SessionRow } from '@/lib/contrib/sessions/row';
import { sha256Hex } from '@/lib/core/crypto';
import { Prisma } from '@/lib/db/client';
import {
  decodeTheirs,
  endsWithBrowser,
  MAX_STORED_BYTES,
  oursOf,
  type Theirs,
  userIdOf,
  whole,
} from './halves';

/**
 * A session as the columns of `sessionColumns` give it. With Django's sessions our half is null until it
 * was seen here, and Django's too where it is longer than one that is read.
 */
export type StoredRow = Omit<SessionRow, 'id' | 'sessionData' | 'created' | 'lastSeen'> & {
  id: number | null;
  sessionData: string | null;
  created: Date | null;
  lastSeen: Date | null;
  djangoKey?: string;
  djangoData?: string | null;
  /** Whether no browser has been seen with it here. */
  isUntracked?: number | bigint;
};

/** Whether Django's rows are the sessions. Django: SESSION_ENGINE */
export function sharesDjangos(): boolean {
  return settings.SESSION_ENGINE === 'django.db';
}

/** What of a session is selected, of `sessionTables`, whose aliases are `s` and `d`. */
export function sessionColumns(): Prisma.Sql {
  const ours = Prisma.sql`s.id, s.user_id AS "userId", s.session_data AS "sessionData", s.created,
    s.last_seen AS "lastSeen"`;
  if (!sharesDjangos()) return Prisma.sql`${ours}, s.expire_date AS "expireDate"`;
  return Prisma.sql`${ours}, d.expire_date AS "expireDate", d.session_key AS "djangoKey",
    ${boundedData(Prisma.sql`d.session_data`)} AS "djangoData",
    CASE WHEN s.ip_address = '' AND s.user_agent = '' THEN 1 ELSE 0 END AS "isUntracked"`;
}

/** Where sessions are: with Django's every one that Django has, seen here or not. */
export function sessionTables(): Prisma.Sql {
  if (!sharesDjangos()) return Prisma.sql`auth_session s`;
  return Prisma.sql`django_session d LEFT JOIN auth_session s ON s.django_key = d.session_key`;
}

/** Which of them a browser means by a key. */
export function hasKey(key: string): Prisma.Sql {
  if (!sharesDjangos()) return Prisma.sql`s.session_key = ${sha256Hex(key)}`;
  return Prisma.sql`d.session_key = ${key}`;
}

/** Django's text, null where it is too long to be looked at. */
export function boundedData(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN OCTET_LENGTH(${column}) <= ${MAX_STORED_BYTES} THEN ${column} END`;
}

/**
 * The session in such a row. Null for one that is nobody's: with Django's sessions what cannot be read,
 * what has not been seen here, and what was somebody else's then.
 */
export function sessionRowOf(row: StoredRow): SessionRow | null {
  const { id, sessionData, created, lastSeen, userId, expireDate } = row;
  if (id === null || sessionData === null || created === null || lastSeen === null) return null;
  const known = { id, userId, sessionData, created, lastSeen, expireDate };
  if (row.djangoData === undefined) return known;
  const theirs = decodeTheirs(row.djangoData)?.members;
  if (!theirs) return null;
  const halves = { theirs, ours: oursOf(sessionData) };
  if (!isSamePerson(row, theirs)) return null;
  const untilBrowserCloses = endsWithBrowser(theirs);
  return { ...known, sessionData: whole(halves), untilBrowserCloses };
}

/** Django's half of a row, where it can be read. */
export function theirsOf({ djangoData }: StoredRow): Theirs | null {
  return djangoData === undefined ? null : decodeTheirs(djangoData);
}

/** Whether our half is of whoever Django's says to be signed in, or of somebody of whom Django knows nothing. */
export function isSamePerson(
  { id, userId, sessionData }: StoredRow,
  theirs: ReadonlyMap<string, string>,
): boolean {
  if (id === null || sessionData === null) return false;
  return userIdOf(theirs) === userId || isActing(sessionData);
}

function isActing(sessionData: string): boolean {
  return oursOf(sessionData).has(IMPERSONATOR_KEY);
}
