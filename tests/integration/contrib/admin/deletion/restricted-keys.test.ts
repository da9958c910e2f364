import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { foreignRows } from '@/lib/contrib/admin/deletion/foreign-rows';
import { users } from '@/lib/contrib/auth/users/managers';
import { referencesTo } from '@/lib/contrib/auth/users/references';
import { MODEL_META } from '@/lib/generated/model-meta';
import { createArticle } from '@/lib/site/articles/models';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

/** As if another application managed the articles, which `inspectdb` then wrote down. */
function restrictArticles(): void {
  const { author } = MODEL_META.Article.fields;
  const former = author.onDelete;
  Reflect.set(author, 'onDelete', 'Restrict');
  onTestFinished(() => void Reflect.set(author, 'onDelete', former));
}

describe('a key of a model that another application manages', () => {
  it('takes no row along and empties none: the rows are named, and keep whom they name', async () => {
    const ada = await users.createUser({ username: 'ada' });
    expect(referencesTo('User').map(({ table }) => table)).toContain('articles_article');
    await createArticle(ada, { title: 'On', body: 'x' });
    restrictArticles();
    expect(referencesTo('User').map(({ table }) => table)).not.toContain('articles_article');
    const named = await foreignRows('User', [ada.id]);
    expect(named.map(({ table, counts }) => [table, counts.get(ada.id)])).toEqual([
      ['articles_article', 1],
    ]);
  });
});
