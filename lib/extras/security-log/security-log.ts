import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { bestEffort } from '@/lib/db/best-effort';
import { afterCommit, db, type TransactionClient } from '@/lib/db/client';
// Installs the user model, which is asked for names below.
import '@/lib/contrib/auth/models';

/**
 * What can stand in the log, in OWASP's words.
 * OWASP: Application Logging Vocabulary Cheat Sheet
 */
export type OwaspEventName =
  | 'authn_login_success'
  | 'authn_login_successafterfail'
  | 'authn_login_fail'
  | 'authn_login_fail_max'
  | 'authn_password_change'
  | 'authn_password_change_fail'
  | 'authn_token_created'
  | 'authn_token_reuse'
  | 'authn_token_revoked'
  | 'authz_fail'
  | 'authz_admin'
  | 'excess_rate_limit_exceeded'
  | 'malicious_csrf'
  | 'privilege_permissions_changed'
  | 'session_expired'
  | 'user_created'
  | 'user_deleted'
  | 'user_updated';

/** As much of a request as is kept: where it came from, in which session. */
export type SecurityRequest = {
  ipAddress?: string;
  userAgent?: string;
  session?: { readonly keyHash: string | null };
};

/**
 * Something to remember. `actor` did it; `target` had it done to them. `username` is a name that
 * somebody typed: it is kept only if it is a user's, because people type passwords there. `detail`
 * is kept as it is and must hold no secret. Inside a transaction give `tx`, and `target` instead of
 * `username`; the event is then written if the transaction is.
 */
export type SecurityEvent = {
  name: OwaspEventName;
  actor?: RequestUser;
  username?: string;
  target?: { id: number; username: string };
  request?: SecurityRequest;
  detail?: Record<string, string | number | boolean | string[]>;
  tx?: TransactionClient;
};

type Storage = 'database and stdout' | 'limited';

/** Rows of one event that one person can cause in an hour, where they can cause it without end. */
export const MAX_LIMITED_ROWS = 100;
const HOUR_MS = 3_600_000;

// Rows of one statement.
const BATCH = 1000;

/**
 * Keep an event in `auth_security_log`, and print it as one line of JSON if
 * settings.SECURITY_LOG_STDOUT: in a transaction of the caller once that is committed. What cannot be
 * written is reported on stderr and stops nobody, save in such a transaction, which it rejects.
 * `'limited'` is for what people can cause without end, and by reading: MAX_LIMITED_ROWS an hour for
 * each of them, the rest is only printed, as all of strangers is; no database keeps a page waiting.
 * OWASP ASVS 5.0 16.2, 16.3, 16.4
 * @example
 * await logSecurityEvent({ name: 'authn_token_created', actor: user, target: user, request });
 */
export async function logSecurityEvent(
  event: SecurityEvent,
  storage: Storage = 'database and stdout',
): Promise<void> {
  if (!isInstalled('security-log')) return;
  const { tx } = event;
  let line = event.name as string;
  try {
    const entry = await entryOf(event);
    line = lineOf(entry);
    const create = () => (tx ?? db).securityLogEntry.create({ data: entry, select: { id: true } });
    if (storage !== 'limited') await create();
    else if (!(await keepIfRoom(entry, create))) throw new Error('not at once');
    print([line], tx);
  } catch (error) {
    if (tx) throw error;
    console.error(`The security log could not be written (${reasonOf(error)}): ${line}`);
  }
}

/**
 * Keep what one act did to many people, an event for each, in the transaction of the act. Rejects it
 * if they cannot be written.
 */
export async function logSecurityEvents(
  events: readonly Omit<SecurityEvent, 'tx' | 'username'>[],
  tx: TransactionClient,
): Promise<void> {
  if (!isInstalled('security-log')) return;
  const entries = await Promise.all(events.map(entryOf));
  for (let start = 0; start < entries.length; start += BATCH) {
    await tx.securityLogEntry.createMany({ data: entries.slice(start, start + BATCH) });
  }
  print(entries.map(lineOf), tx);
}

// What is printed cannot be rolled back.
function print(lines: readonly string[], tx: TransactionClient | undefined): void {
  if (!settings.SECURITY_LOG_STDOUT) return;
  afterCommit(tx ?? db, () => {
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  });
}

function keepIfRoom(entry: Entry, create: () => Promise<unknown>): Promise<boolean> {
  if (entry.actorId === null) return Promise.resolve(true);
  return bestEffort('An event of the security log', async () => {
    if (await hasRoomFor(entry)) await create();
  });
}

type Entry = Awaited<ReturnType<typeof entryOf>>;

async function entryOf({ name, actor, username, target, request, detail = {} }: SecurityEvent) {
  const who = actor?.isAuthenticated ? actor : null;
  const whom = target ?? (username === undefined ? null : await userNamed(username));
  return {
    time: new Date(),
    event: name,
    actorId: who?.id ?? null,
    actorUsername: who?.username ?? '',
    targetId: whom?.id ?? null,
    targetUsername: whom?.username ?? '',
    ipAddress: fitting(request?.ipAddress, 45),
    userAgent: fitting(request?.userAgent, 255),
    sessionKey: request?.session?.keyHash ?? '',
    detail: asciiJson(detail),
  };
}

async function hasRoomFor({ actorId, event, time }: Entry): Promise<boolean> {
  const where = { actorId, event, time: { gt: new Date(time.getTime() - HOUR_MS) } };
  return (await db.securityLogEntry.count({ where, take: MAX_LIMITED_ROWS })) < MAX_LIMITED_ROWS;
}

async function userNamed(username: string) {
  const user = await findUserByName(username);
  return user && { id: user.id, username: user.getUsername() };
}

function lineOf({ detail, ...entry }: Entry): string {
  return asciiJson({ type: 'security', ...entry, detail: JSON.parse(detail) });
}

// No line break, escape sequence or direction mark of a visitor reaches the log as such.
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function fitting(text = '', length: number): string {
  return text.replaceAll('\0', '').slice(0, length).toWellFormed();
}

// A driver's message may quote the values.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? `${error.name} ${error.code}` : error.name;
}
