import { beforeAll, describe, expect, it } from 'vitest';
import { stackedInline, tabularInline } from '@/lib/contrib/admin/inlines/inline';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { autocomplete, screensSearched } from '@/lib/contrib/admin/search/autocomplete';
import { AdminSite } from '@/lib/contrib/admin/sites';
import { PermissionDenied, SuspiciousOperation } from '@/lib/core/exceptions';
import { makeStaff, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

const query = { fieldName: 'author', term: 'staff', page: 1 };

describe('autocomplete', () => {
  it('finds rows for who may see them, and nothing for others', async () => {
    const articles = screens('articles.article');
    const sees = await makeStaff('auth.view_user');
    const { results } = await autocomplete(articles, sees, query);
    expect(results).toEqual([{ id: String(sees.id), text: sees.username }]);
    const writes = await makeStaff('articles.change_article', 'articles.view_article');
    await expect(autocomplete(articles, writes, query)).rejects.toThrow(PermissionDenied);
  });

  it('answers for no field that is not searched so', async () => {
    const sees = await makeStaff('auth.view_user', 'auth.view_group', 'articles.view_article');
    for (const [model, fieldName] of [
      ['articles.article', 'title'],
      ['articles.article', '__proto__'],
      ['auth.user', 'groups'],
      ['admin.logentry', 'user'],
    ] as const) {
      const asked = autocomplete(screens(model), sees, { ...query, fieldName });
      await expect(asked).rejects.toThrow(PermissionDenied);
    }
    const asked = autocomplete(screens('articles.article'), sees, { ...query, term: 'a\0b' });
    await expect(asked).rejects.toThrow(SuspiciousOperation);
  });

  it('answers for a field of lines that only the form of another row searches', async () => {
    const inline = tabularInline('articles.article', { autocompleteFields: ['author'] });
    const group = defineAdmin('auth.group', {
      inlines: [inline, stackedInline('articles.article')],
    });
    const site = new AdminSite([group, screens('auth.user')]);
    const sees = await makeStaff('auth.view_user');
    const lines = screensSearched(site, 'articles.article');
    if (!lines) throw new Error('Nobody searches there.');
    const { results } = await autocomplete(lines, sees, { ...query, term: sees.username });
    expect(results).toEqual([{ id: String(sees.id), text: sees.username }]);
    await expect(autocomplete(lines, sees, { ...query, fieldName: 'title' })).rejects.toThrow(
      PermissionDenied,
    );
    expect(screensSearched(site, 'articles.nothing')).toBeNull();
    expect(screensSearched(site, 'x')).toBeNull();
  });
});
