import type { DemoData } from '@/lib/apps/define-config';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { db } from '@/lib/db/client';
import { ARTICLES, GROUPS } from './demo-data';

const HOUR = 3_600_000;

/** The demonstration articles with the groups that may read, write and publish them. */
export const demo: DemoData = {
  noun: 'articles',
  groups: GROUPS,
  async add(nameOf) {
    let added = 0;
    for (const [index, { author, ...article }] of ARTICLES.entries()) {
      if (await db.article.findFirst({ where: { title: article.title } })) continue;
      const user = await findUserByName(nameOf(author));
      const created = new Date(Date.now() - (ARTICLES.length - index) * 9 * HOUR);
      await db.article.create({
        data: { ...article, authorId: user?.id ?? null, created, modified: created },
      });
      added += 1;
    }
    return added;
  },
};
