import { changeMessageText } from '@/lib/contrib/admin/change-message';
import { mayViewEach } from '@/lib/contrib/admin/model-permissions';
import { ACTION_FLAGS } from '@/lib/contrib/admin/models';
import { type UserNames, userNames } from '@/lib/contrib/auth/users/user-names';
import { userAdminPath, userModelKey } from '@/lib/contrib/auth/users/user-path';
import { db } from '@/lib/db/client';
import type { HomeAct, HomeViewer } from './home-parts';

const VERBS: Record<number, string> = {
  [ACTION_FLAGS.addition]: 'added',
  [ACTION_FLAGS.change]: 'changed',
  [ACTION_FLAGS.deletion]: 'deleted',
};

// Of what the viewer may not view nothing is told: so many entries are looked at.
const LOOKED_AT = 60;

/**
 * What was done last in the admin, by everybody, the newest first: of rows whose model the viewer may
 * view. Who did it is named to who may view users. Two statements.
 * Django: contrib/admin/templatetags/log.py get_admin_log, which tells one's own acts
 */
export async function adminActivity({ user, site }: HomeViewer, most: number): Promise<HomeAct[]> {
  const entries = await db.logEntry.findMany({
    include: { contentType: { select: { appLabel: true, model: true } } },
    orderBy: { id: 'desc' },
    take: LOOKED_AT,
  });
  const shown = [];
  const gone = new Set<string>();
  for (const entry of entries) {
    const row = `${entry.contentTypeId} ${entry.objectId}`;
    if (entry.actionFlag === ACTION_FLAGS.deletion) gone.add(row);
    const admin = site.find(`${entry.contentType?.appLabel}.${entry.contentType?.model}`);
    if (admin && (await mayViewEach(user, admin)))
      shown.push({ entry, admin, isThere: !gone.has(row) });
    if (shown.length === most) break;
  }
  const people = site.find(userModelKey());
  const mayName = people !== null && (await mayViewEach(user, people));
  const actors = mayName ? shown.map(({ entry }) => entry.userId) : [];
  const names: Map<number, UserNames> = await userNames(actors);
  return shown.map(({ entry, admin: { meta }, isThere }): HomeAct => {
    const { userId, actionFlag, objectId, objectRepr } = entry;
    const href = `/admin/${meta.appLabel}/${meta.modelName}/${objectId}/change/`;
    const actor = names.get(userId)?.username;
    const detail = actionFlag === ACTION_FLAGS.change ? changeMessageText(entry.changeMessage) : '';
    return {
      time: entry.actionTime,
      actorId: userId,
      sentence: [
        actor === undefined
          ? `User ${userId}`
          : { name: actor, href: userAdminPath(`${userId}/change/`) },
        ` ${VERBS[actionFlag] ?? 'did something to'} the ${meta.verboseName} `,
        { name: objectRepr, ...(isThere && { href }) },
        '.',
      ],
      ...(detail !== '' && { detail }),
      isPlain: true,
    };
  });
}
