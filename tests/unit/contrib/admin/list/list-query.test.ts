import { describe, expect, it } from 'vitest';
import { listHref } from '@/lib/contrib/admin/list/list-address';
import { changedQuery, parseListQuery, unfilteredQuery } from '@/lib/contrib/admin/list/list-query';
import { orderBy } from '@/lib/contrib/admin/list/ordering';
import { elidedPageRange } from '@/lib/contrib/admin/list/paginator';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { searchWords } from '@/lib/contrib/admin/search/search-words';

const query = (text: string) => parseListQuery(new URLSearchParams(text));

describe('searchWords', () => {
  // Django: tests/utils_tests/test_text.py test_smart_split
  it.each([
    ['This is "a person" test.', ['This', 'is', 'a person', 'test.']],
    [`This is "a person's" test.`, ['This', 'is', "a person's", 'test.']],
    [String.raw`This is "a person\"s" test.`, ['This', 'is', 'a person"s', 'test.']],
    ['"a \'one', ['"a', "'one"]],
    ["all friends' tests", ['all', "friends'", 'tests']],
    ['url search_page words="something else"', ['url', 'search_page', 'words="something else"']],
    [String.raw`'\\'`, ['\\']],
    ['', []],
    [' \u3000\t', []],
  ])('splits %s as Django does', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });
});

describe('parseListQuery', () => {
  it('tells the names of the list itself from filters', () => {
    const text = 'q=a&q=b&o=-1.2&p=3&all=&e=1&_popup=1&is_staff__exact=1&id=1&id=2';
    expect(query(text)).toMatchObject({
      search: 'b',
      order: '-1.2',
      page: 3,
      showAll: true,
      isError: true,
      lookups: new Map([
        ['is_staff__exact', ['1']],
        ['id', ['1', '2']],
      ]),
    });
  });

  it.each([
    ['', 1],
    ['p=', 1],
    ['p=x', 1],
    ['p=1.5', 1],
    ['p=0', 0],
    ['p=-2', -2],
    ['p= 2 ', 2],
    ['p=%2B2', 2],
  ])('reads the page of %s', (text, page) => {
    expect(query(text).page).toBe(page);
  });
});

describe('the query of a link', () => {
  it('is in the order of names, without page and error', () => {
    const params = new URLSearchParams('q=a b&p=2&e=1&is_staff__exact=1');
    expect(changedQuery(params)).toBe('is_staff__exact=1&q=a+b');
    expect(changedQuery(params, { q: null, p: '3' })).toBe('is_staff__exact=1&p=3');
    expect(unfilteredQuery(query('q=a&o=-1&x=1'))).toBe('o=-1');
    expect(unfilteredQuery(query('_facets=True&x=1'))).toBe('_facets=True');
  });

  it('is left out where it is too long for an address', () => {
    const meta = modelMeta('auth.user');
    expect(listHref(meta, 'q=a')).toBe('/admin/auth/user/?q=a');
    expect(listHref(meta, `q=${'a'.repeat(60_000)}`)).toBe('/admin/auth/user/');
  });

  it('sorts by the pressed column first, and turns it at the second press', () => {
    expect(orderBy(1, new Map())).toBe('2');
    const one = new Map([[1, { place: 1, isDescending: false }]]);
    expect(orderBy(1, one)).toBe('-2');
    expect(orderBy(0, one)).toBe('1.2');
    const two = new Map([...one, [0, { place: 2, isDescending: true }] as const]);
    expect(orderBy(0, two)).toBe('-1.2');
  });
});

describe('elidedPageRange', () => {
  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [1, 10, [1, 2, 3, null, 10]],
    [4, 10, [1, 2, 3, 4, 5, 6, null, 10]],
    [5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [6, 20, [1, null, 4, 5, 6, 7, 8, null, 20]],
    [10_000, 10_000, [1, null, 9998, 9999, 10_000]],
  ])('from page %i of %i leads to those around and at the ends', (page, count, pages) => {
    expect(elidedPageRange(page, count)).toEqual(pages);
  });
});
