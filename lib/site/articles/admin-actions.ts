import type { FileAction } from '@/lib/contrib/admin/action/file-action';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type { ActionCall, ActionOutcome, AdminAction, FileCall } from '@/lib/contrib/admin/options';
import { db } from '@/lib/db/client';

/**
 * Actions of one's own in a change list, with a permission of one's own: `articles.publish_article`.
 * Django: any project's own actions
 */
export const articleActions: readonly AdminAction[] = [
  { name: 'publish', label: 'Publish', permission: 'publish', run: (call) => publish(call, true) },
  {
    name: 'unpublish',
    label: 'Take back',
    permission: 'publish',
    run: (call) => publish(call, false),
  },
];

/**
 * The ticked rows as a file.
 * Django: an action that returns an HttpResponse
 */
export const articleFiles: readonly FileAction<FileCall>[] = [
  {
    name: 'export_as_json',
    label: 'Export as JSON',
    permission: 'view',
    async file({ ids }) {
      const articles = await db.article.findMany({
        where: { id: { in: ids.map(Number) } },
        select: { id: true, title: true, body: true, isPublished: true, modified: true },
        orderBy: { id: 'asc' },
      });
      const content = `${JSON.stringify(articles, null, 2)}\n`;
      return { name: 'articles.json', contentType: 'application/json', content };
    },
  },
];

async function publish(call: ActionCall, isPublished: boolean): Promise<ActionOutcome> {
  const { request, ids, tx } = call;
  const where = { id: { in: [...ids] }, isPublished: !isPublished };
  const articles = await tx.article.findMany({ where, select: { id: true, title: true } });
  await tx.article.updateMany({ where, data: { isPublished } });
  const messages = [{ changed: { fields: ['Is published'] } }];
  const entries = articles.map(({ id, title }) => ({
    flag: ACTION_FLAGS.change,
    object: { id, repr: title },
    messages,
  }));
  if (entries.length > 0) {
    await logActions(tx, request.user, modelMeta('articles.article'), entries);
  }
  const what = articles.length === 1 ? '1 article' : `${articles.length} articles`;
  return { level: 'success', text: `${isPublished ? 'Published' : 'Took back'} ${what}.` };
}
