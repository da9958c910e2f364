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

/** Whether a file is the module that a dotted name of Django names, or lies in the folder of it. */
function isAtDjangosPath(dotted: string, file: string): boolean {
  const names = dotted.split('.').slice(1);
  const holder = names.slice(0, /^[A-Z]/.test(names.at(-2) ?? '') ? -2 : -1);
  const here = file.replace(/^lib\/|(\/index)?\.tsx?$/g, '');
  return [names, holder]
    .map((path) => path.join('/').replaceAll('_', '-'))
    .some((path) => here === path || here.startsWith(`${path}/`));
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

  it('says why of each name of Django that is not at its own path, and of no other', () => {
    const named = map.flatMap(({ what, file }) => {
      const [, dotted] = /^`(django\.[\w.]+)`/.exec(what) ?? [];
      return dotted === undefined ? [] : [{ dotted, file }];
    });
    expect(named.length).toBeGreaterThan(100);
    const elsewhere = named.filter(({ dotted, file }) => !isAtDjangosPath(dotted, file));
    const section = readSource('docs/django-map.md').split("not at Django's own path")[1] ?? '';
    const excused = [...section.matchAll(/^\| `(lib\/[^`]+)` \| .+ \|$/gm)].map(([, file]) => file);
    expect(excused.toSorted()).toEqual([...new Set(elsewhere.map(({ file }) => file))].toSorted());
  });

  it('knows the path of a function, of a class, of its method and of a package', () => {
    const at = (dotted: string, file: string) => isAtDjangosPath(dotted, file);
    expect(
      at('django.contrib.auth.tokens.default_token_generator', 'lib/contrib/auth/tokens.ts'),
    ).toBe(true);
    expect(at('django.contrib.auth.login', 'lib/contrib/auth/index.ts')).toBe(true);
    expect(at('django.a.password_validation.X.y', 'lib/a/password-validation/x.ts')).toBe(true);
    expect(at('django.middleware.csrf.CsrfViewMiddleware', 'lib/core/csrf.ts')).toBe(false);
    expect(at('django.contrib.auth.models.User', 'lib/contrib/auth/users/user.ts')).toBe(false);
  });

  it('would notice an export that is gone', () => {
    expect(exportsName('export function login() {}\nfunction logout() {}', 'login')).toBe(true);
    expect(exportsName('export function login() {}\nfunction logout() {}', 'logout')).toBe(false);
    expect(exportsName('export const loginRequired = 1;', 'login')).toBe(false);
  });
});
