import { describe, expect, it } from 'vitest';
import { parsePermissionName } from '@/lib/contrib/auth/permissions/permission-name';

describe('parsePermissionName', () => {
  it.each([
    ['articles.add_article', { appLabel: 'articles', codename: 'add_article' }],
    ['articles.a.b\nc', { appLabel: 'articles', codename: 'a.b\nc' }],
    ['.', { appLabel: '', codename: '' }],
    ['articles', null],
    ['', null],
    ['articles.add\0', null],
    ['\0.add_article', null],
  ])('reads %j', (perm, named) => {
    expect(parsePermissionName(perm)).toEqual(named);
  });
});
