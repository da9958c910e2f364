import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSource } from '@/tests/support/sources';

type Row = { what: string; file: string; name: string };

function rows(markdown: string): Row[] {
  return [...markdown.matchAll(/^\| (.+?) \| `([^`]+\.tsx?)` \| `(\w+)` \|$/gm)].map(
    ([, what = '', file = '', name = '']) => ({ what, file, name }),
  );
}

function exportsName(source: string, name: string): boolean {
  const declaration = `(?:async function|function|abstract class|class|const|type|interface) ${name}\\b`;
  return new RegExp(`^export ${declaration}`, 'm').test(source);
}

const map = rows(readSource('docs/django-map.md'));

describe('docs/django-map.md', () => {
  it('has rows', () => {
    expect(map.length).toBeGreaterThan(70);
  });

  it.each(map)('$what is $name in $file', ({ file, name }) => {
    expect(existsSync(file)).toBe(true);
    expect(exportsName(readSource(file), name)).toBe(true);
  });

  it('would notice an export that is gone', () => {
    expect(exportsName('export function login() {}\nfunction logout() {}', 'login')).toBe(true);
    expect(exportsName('export function login() {}\nfunction logout() {}', 'logout')).toBe(false);
    expect(exportsName('export const loginRequired = 1;', 'login')).toBe(false);
  });
});
