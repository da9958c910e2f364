import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { explain, describe as inWords } from '@/lib/contrib/auth/permissions/decisions';
import { users } from '@/lib/contrib/auth/users/managers';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import {
  createArticle,
  getChangeableArticle,
  mayChange,
  publishArticle,
} from '@/lib/site/articles/models';
import { grant, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import '@/lib/site/app-configs';

beforeAll(freshDatabase);

const on = { AUTHENTICATION_BACKENDS: ['ModelBackend', 'ArticleAuthorBackend'] };
const PERM = 'articles.change_article';
const draft = { title: 'Mine', body: 'Text' };
let made = 0;

async function makeUser(fields: { isActive?: boolean } = {}): Promise<User> {
  made += 1;
  return users.createUser({ username: `author${made}`, ...fields });
}

describe('ArticleAuthorBackend', () => {
  it('lets an author change their own article, and says why', async () => {
    const author = await makeUser();
    const article = await createArticle(author, draft);
    await overrideSettings(on, async () => {
      const explanation = await explain(author, PERM, article);
      expect(explanation.allowed).toBe(true);
      expect(inWords(explanation)).toBe(
        `${author.username} holds ${PERM} on this object by ArticleAuthorBackend (the author of the article).`,
      );
      expect(await author.hasPerm(PERM, article)).toBe(true);
      expect(await mayChange(author, article)).toBe(true);
      expect((await getChangeableArticle(author, String(article.id))).id).toBe(article.id);
    });
  });

  it('grants nothing else: no other permission, object, or article in general', async () => {
    const [author, other] = [await makeUser(), await makeUser()];
    const article = await createArticle(author, draft);
    await overrideSettings(on, async () => {
      expect(await author.hasPerm(PERM)).toBe(false);
      expect(await author.hasPerm('articles.delete_article', article)).toBe(false);
      expect(await other.hasPerm(PERM, article)).toBe(false);
      for (const obj of [{ ...article, authorId: null }, { id: article.id }, 7, 'x']) {
        expect(await author.hasPerm(PERM, obj)).toBe(false);
      }
      expect(await author.getAllPermissions()).toEqual(new Set());
    });
  });

  it('grants nothing to an inactive author', async () => {
    const author = await makeUser();
    const article = await createArticle(author, draft);
    await db.user.update({ where: { id: author.id }, data: { isActive: false } });
    await overrideSettings(on, async () => {
      expect(await (await reload(author)).hasPerm(PERM, article)).toBe(false);
    });
  });

  it('is off by default', async () => {
    const author = await makeUser();
    const article = await createArticle(author, draft);
    expect(await mayChange(author, article)).toBe(false);
    const asked = getChangeableArticle(author, String(article.id));
    await expect(asked).rejects.toThrow(PermissionDenied);
  });

  it('is among the places of a refusal once it is on', async () => {
    const user = await makeUser();
    const rule = {
      kind: 'backend',
      backend: 'ArticleAuthorBackend',
      reason: 'the author of an article may change it',
    };
    expect((await explain(user, PERM)).places).not.toContainEqual(rule);
    await overrideSettings(on, async () => {
      expect((await explain(user, PERM)).places).toContainEqual(rule);
      expect((await explain(user, 'articles.add_article')).places).not.toContainEqual(rule);
    });
  });
});

describe('getChangeableArticle', () => {
  it('tells who may change none nothing of what exists', async () => {
    const [author, other] = [await makeUser(), await makeUser()];
    const { id } = await createArticle(author, draft);
    await publishArticle(author, String(id), true);
    await overrideSettings(on, async () => {
      for (const asked of [String(id), '999999', 'x', null]) {
        await expect(getChangeableArticle(other, asked)).rejects.toThrow(PermissionDenied);
      }
    });
  });

  it('finds every article for who may change all, and none that is not there', async () => {
    const { id } = await createArticle(await makeUser(), draft);
    const editor = await makeUser();
    await grant(editor, PERM);
    expect((await getChangeableArticle(editor, String(id))).id).toBe(id);
    await expect(getChangeableArticle(editor, '999999')).rejects.toThrow(Http404);
  });
});
