import { takeAction } from '@/lib/contrib/admin/actions';
import { lockForChange } from '@/lib/contrib/admin/form/row-change';
import { type Saved, saveInside, saveTwice, type Told } from '@/lib/contrib/admin/form/save';
import { findObject, readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { hasChangePermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import type { ActionOutcome, AdminRequest, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import type { User } from '@/lib/contrib/auth/models';
import type { Deed, MovedHolder, UndoOffer } from '@/lib/contrib/auth/rights/undo-offer';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { getContentType } from '@/lib/contrib/contenttypes/models';
import { fewOf, getTextList } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { idsIn } from '@/lib/forms/fields';

/** What came of undoing: done, refused with sentences, or who one is has to be shown first. */
export type Undone =
  | { kind: 'done'; level: ActionOutcome['level']; text: string }
  | { kind: 'refused'; texts: string[] }
  | { kind: 'stale sign-in' };

type Asked = {
  request: Omit<AdminRequest, 'user'> & { user: User };
  isFresh: boolean;
  /** The screens of a model, with all that apps add to them. */
  screensOf(key: string): ModelAdmin;
  /** Hears of each row that was written. */
  written?: Told;
};

const UNDO = 'Undo';

/**
 * Undo a change of rights as if by hand: the same permissions, rules, history and log as in the forms,
 * in one transaction. Refused where anything of it was changed since, by whomever. Throws
 * PermissionDenied for who may no longer change what it was about.
 * Django: no counterpart
 */
export async function undo({ deed, at }: UndoOffer, asked: Asked): Promise<Undone> {
  const since = await changedSince(deed, at);
  if (since.length > 0) return { kind: 'refused', texts: since };
  const request = { ...asked.request, reason: UNDO };
  return deed.kind === 'action'
    ? undoAction(deed, { ...asked, request })
    : undoMoves(deed.holders, { ...asked, request });
}

async function undoAction(
  { inverse, ids, chosen }: Extract<Deed, { kind: 'action' }>,
  { request, isFresh, screensOf }: Asked,
): Promise<Undone> {
  const admin = screensOf(userModelKey());
  const action = admin.options.actions?.find(({ name }) => name === inverse);
  if (!action) throw permissionDenied(admin, 'change');
  const call = { request, ids, isFresh, ...(chosen !== undefined && { chosen }) };
  const taken = await takeAction(admin, action, call);
  return taken.kind === 'done'
    ? { kind: 'done', level: taken.outcome.level, text: taken.outcome.text }
    : { kind: 'stale sign-in' };
}

async function undoMoves(holders: readonly MovedHolder[], asked: Asked): Promise<Undone> {
  const { request, isFresh, screensOf, written } = asked;
  const admins = new Map(
    holders.map((holder) => [
      holder,
      screensOf(holder.kind === 'group' ? 'auth.group' : userModelKey()),
    ]),
  );
  for (const [{ id }, admin] of admins) {
    const row = await findObject(request.user, admin, String(id));
    if (!(await hasChangePermission(request.user, admin, row ?? undefined))) {
      throw permissionDenied(admin, 'change');
    }
  }
  const saved = await wholeOrNot(() =>
    saveTwice(written, async (tx, told) => {
      const names = [];
      for (const [holder, admin] of admins) {
        await lockForChange(tx, admin, holder.id);
        const before = await readSnapshot(tx, admin, holder.id);
        if (!before || !isAsLeft(before, holder)) {
          throw new Unfinished(refused(holder, before, admin));
        }
        const one = await saveInside(tx, admin, {
          id: holder.id,
          form: new FormData(),
          isFresh,
          request,
          values: valuesBefore(before, holder),
          unseen: new Map(),
          inlines: [],
          written: told,
        });
        if (one.kind !== 'saved') throw new Unfinished(one);
        names.push(one.str);
      }
      return { kind: 'saved' as const, names };
    }),
  );
  if (saved.kind === 'saved') {
    const text = `Undone: ${getTextList(fewOf(saved.names))} as before.`;
    return { kind: 'done', level: 'success', text };
  }
  if (saved.kind === 'stale sign-in') return saved;
  const texts = 'errors' in saved ? Object.values(saved.errors).flat() : [];
  return { kind: 'refused', texts: texts.length > 0 ? texts : [GONE] };
}

const GONE = 'It is gone.';

type NotSaved = Exclude<Saved, { kind: 'saved' }>;

/** Ends a transaction without what it has written, and hands out why. */
class Unfinished extends Error {
  readonly outcome: NotSaved;

  constructor(outcome: NotSaved) {
    super('Not all of it was done.');
    this.outcome = outcome;
  }
}

// Of several that are undone together, none is if one is refused.
async function wholeOrNot<T>(save: () => Promise<T>): Promise<T | NotSaved> {
  try {
    return await save();
  } catch (error) {
    if (error instanceof Unfinished) return error.outcome;
    throw error;
  }
}

function refused(holder: MovedHolder, before: Row | null, admin: ModelAdmin) {
  const name = before ? strOf(admin, before) : `The ${holder.kind} ${holder.id}`;
  const why = before ? 'was changed since' : 'is gone';
  return { kind: 'refused' as const, errors: { '': [`${name} ${why}: nothing was undone.`] } };
}

/** Whether a row still holds what the change left it with. */
function isAsLeft(row: Row, holder: MovedHolder): boolean {
  const { kind, given, taken, joined, left, isActive } = holder;
  const own = new Set(idsIn(row[kind === 'group' ? 'permissions' : 'userPermissions']));
  const groups = new Set(idsIn(row['groups']));
  return (
    given.every((id) => own.has(id)) &&
    !taken.some((id) => own.has(id)) &&
    joined.every((id) => groups.has(id)) &&
    !left.some((id) => groups.has(id)) &&
    (isActive === undefined || row['isActive'] === isActive)
  );
}

function valuesBefore(row: Row, holder: MovedHolder): Record<string, unknown> {
  const { kind, given, taken, joined, left, isActive } = holder;
  const field = kind === 'group' ? 'permissions' : 'userPermissions';
  const back = (ids: readonly number[], came: readonly number[], went: readonly number[]) => [
    ...ids.filter((id) => !came.includes(id)),
    ...went,
  ];
  return {
    ...(given.length + taken.length > 0 && { [field]: back(idsIn(row[field]), given, taken) }),
    ...(joined.length + left.length > 0 && { groups: back(idsIn(row['groups']), joined, left) }),
    ...(isActive !== undefined && { isActive: !isActive }),
  };
}

// By the history, which every change in the admin and in Django's writes.
async function changedSince(deed: Deed, at: number): Promise<string[]> {
  const holders =
    deed.kind === 'action' ? deed.ids.map((id) => ({ kind: 'user' as const, id })) : deed.holders;
  const changed: string[] = [];
  for (const kind of ['group', 'user'] as const) {
    const ids = holders.filter((each) => each.kind === kind).map(({ id }) => String(id));
    if (ids.length === 0) continue;
    const { appLabel, modelName } = modelMeta(kind === 'group' ? 'auth.group' : userModelKey());
    const contentType = await getContentType(appLabel, modelName);
    const entries = await db.logEntry.findMany({
      where: {
        contentTypeId: contentType?.id ?? 0,
        objectId: { in: ids },
        actionTime: { gt: new Date(at) },
      },
      select: { objectRepr: true },
      take: 100,
    });
    changed.push(...entries.map(({ objectRepr }) => objectRepr));
  }
  return fewOf(changed.map((name) => `${name} was changed since: nothing was undone.`));
}
