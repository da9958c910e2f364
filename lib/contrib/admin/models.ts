import { getContentType } from '@/lib/contrib/contenttypes/models';
import { db, type TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import type { ModelMeta } from './meta';
import type { AdminRequest, AdminUser } from './options';

/**
 * What was done, as `django_admin_log` keeps it.
 * Django: contrib/admin/models.py ADDITION, CHANGE, DELETION
 */
export const ACTION_FLAGS = { addition: 1, change: 2, deletion: 3 } as const;

/** One part of what was done; `fields` are the labels people read, as Django stores them. */
export type ChangeMessage =
  | { added: Record<string, never> | { name: string; object: string } }
  | { changed: { fields: string[] } | { name: string; object: string; fields: string[] } }
  | { deleted: { name: string; object: string } }
  | { reason: { text: string } }
  | { moved: Readonly<Record<string, readonly string[]>> }
  /** What fields were and became, as `keptMessages` has it; the last part of a message. */
  | { was: Readonly<Record<string, unknown>> };

/**
 * Why somebody did it, as the history keeps it: nothing where they gave no reason.
 * Django: no counterpart, where a reader passes over it
 */
export function reasonMessages({ reason }: Pick<AdminRequest, 'reason'>): ChangeMessage[] {
  return reason ? [{ reason: { text: reason } }] : [];
}

/** An act on one row: which one, what it is called, and what was done. */
export type LoggedAction = {
  flag: (typeof ACTION_FLAGS)[keyof typeof ACTION_FLAGS];
  object: { id: RowId; repr: string };
  /** Empty for a deletion. */
  messages?: readonly ChangeMessage[];
};

const OBJECT_REPR_LENGTH = 200;

/**
 * Write what somebody did into the admin's history, in the transaction of the act itself: under whoever
 * really did it, and as whom.
 * Django: contrib/admin/models.py LogEntryManager.log_actions
 */
export async function logActions(
  tx: TransactionClient,
  user: AdminUser,
  meta: ModelMeta,
  actions: readonly LoggedAction[],
): Promise<void> {
  const contentType = await getContentType(meta.appLabel, meta.modelName, tx);
  const actionTime = new Date();
  await tx.logEntry.createMany({
    data: actions.map(({ flag, object, messages }) => ({
      actionTime,
      userId: (user.impersonator ?? user).id,
      contentTypeId: contentType?.id ?? null,
      objectId: String(object.id),
      objectRepr: [...object.repr].slice(0, OBJECT_REPR_LENGTH).join(''),
      actionFlag: flag,
      changeMessage: messages ? djangoJson(withSubject(user, messages)) : '',
    })),
  });
}

// Django's reader passes over an entry that it does not know.
function withSubject(user: AdminUser, messages: readonly ChangeMessage[]): readonly unknown[] {
  return user.impersonator ? [...messages, { as: { user: user.getUsername() } }] : messages;
}

/** An act of the past, with the model that it was done to; null for one that is gone. */
export type LogEntry = {
  id: number;
  actionTime: Date;
  actionFlag: number;
  objectId: string | null;
  objectRepr: string;
  changeMessage: string;
  contentType: { appLabel: string; model: string } | null;
};

/**
 * What the user did last in the admin, newest first, ten at most.
 * Django: contrib/admin/templatetags/log.py get_admin_log
 */
export function recentActions(user: AdminUser): Promise<LogEntry[]> {
  return db.logEntry.findMany({
    where: { userId: user.id },
    include: { contentType: { select: { appLabel: true, model: true } } },
    orderBy: [{ actionTime: 'desc' }, { id: 'desc' }],
    take: 10,
  });
}

/**
 * A value as the history keeps it: with a space after each colon and comma and nothing but ASCII.
 * Django: json.dumps, as LogEntryManager uses it
 */
export function djangoJson(value: unknown): string {
  return textOf(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${textOf(item)}`,
  );
  return `{${pairs.join(', ')}}`;
}
