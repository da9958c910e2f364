import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTokenText } from '@/lib/extras/tokens/token-text';
import { freshDatabase } from '@/tests/support/database';
import { repositoryRoot } from '@/tests/support/sources';
import { ask, bearer } from './support';

beforeAll(freshDatabase);

const app = path.join(repositoryRoot, 'app');
const routes = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('route.ts'))
  .toSorted();

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const params = { app: 'auth', model: 'group', id: '1', uidb64: 'MQ', token: 'x', path: 'x' };

/** An address that the file answers, as a browser would write it. */
function addressOf(file: string): string {
  const named = path.dirname(file).replace(/\([^)]*\)\/?/g, '');
  return `/${named.replace(/\[(?:\.{3})?(\w+)\]/g, 'x')}/`;
}

describe('every route handler of the project', () => {
  it('is among those that are asked', () => {
    expect(routes.length).toBeGreaterThan(10);
    expect(routes).toContain('(site)/healthz/route.ts');
  });

  it.each(routes)('%s answers a bad bearer with 401 and says what is wanted', async (file) => {
    const module = await import(pathToFileURL(path.join(app, file)).href);
    const methods = METHODS.filter((method) => method in module);
    expect(methods.length).toBeGreaterThan(0);
    const bad = makeTokenText().replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const method of methods) {
      const sent = { method, path: addressOf(file), headers: bearer(bad) };
      const { status, headers, body, cookies } = await ask(module[method], sent, params);
      expect([method, status]).toEqual([method, 401]);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(headers.get('www-authenticate')).toMatch(
        /^Bearer realm="gatehouse", error="invalid_token"/,
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({ status: 401, title: 'Unauthorized' });
      expect([...cookies.keys()]).toEqual([]);
    }
  });
});
