import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { publicFiles } from '../../../scripts/public-files.mjs';
import { sourceFiles } from '../../support/sources';
import { expect, test } from '../fixtures';

const build = path.resolve(import.meta.dirname, '../../../.next');
const MOST_GZIPPED = 20_000;

const read = (file: string) => readFileSync(path.join(build, file));
const readJson = (file: string) => JSON.parse(read(file).toString());

test.describe('the production build', { tag: '@no-javascript-only' }, () => {
  test('sends with a page what Next.js needs and at most 20 kB of scripts', async ({
    page,
    createUser,
    login,
  }) => {
    const { user } = await createUser({ isSuperuser: true, isStaff: true });
    const { rootMainFiles, polyfillFiles } = readJson('build-manifest.json');
    const ofStrangers = ['/accounts/login/'];
    const signedIn = ['/dashboard/', '/accounts/sessions/', '/accounts/2fa/', '/admin/auth/user/'];
    for (const address of [...ofStrangers, ...signedIn]) {
      if (address === signedIn[0]) await login(user);
      const html = await (await page.request.get(address)).text();
      const sent = [...html.matchAll(/<script src="\/_next\/(static\/[^"?]+)/g)].map(
        ([, file]) => file ?? '',
      );
      const own = [...new Set(sent)].filter(
        (file) => !rootMainFiles.includes(file) && !polyfillFiles.includes(file),
      );
      expect(own.length).toBeGreaterThan(0);
      const size = own.reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
      test.info().annotations.push({ type: 'gzipped', description: `${address} ${size}` });
      expect.soft(size, address).toBeLessThan(MOST_GZIPPED);
    }
  });

  test('has its scripts and styles compressed once, as small as they get', async ({ page }) => {
    const html = await (await page.request.get('/accounts/login/')).text();
    const sent = [...html.matchAll(/"\/_next\/(static\/chunks\/[^"?]+\.(?:js|css))"/g)];
    expect(sent.length).toBeGreaterThan(5);
    for (const [, file = ''] of sent) {
      const headers = { 'accept-encoding': 'gzip, deflate, br' };
      const answer = await page.request.get(`/_next/${file}`, { headers });
      const { 'content-encoding': encoding, 'content-length': length } = answer.headers();
      const compressed = read(file.replace('static/', 'compressed/').concat('.br'));
      expect([file, encoding, Number(length)]).toEqual([file, 'br', compressed.length]);
      expect((await answer.body()).equals(read(file))).toBe(true);
    }
  });

  test('names the font of its text before the style sheet does, by the same address', async ({
    page,
  }) => {
    const answer = await page.request.get('/accounts/login/');
    const [, font] = /<([^>]+)>; rel=preload; as="font"/.exec(answer.headers()['link'] ?? '') ?? [];
    expect(font).toMatch(/^\/_next\/static\/media\/geist-latin-/);
    const [, sheet = ''] = /href="([^"]+\.css)"/.exec(await answer.text()) ?? [];
    const css = await (await page.request.get(sheet)).text();
    expect(css).toContain(path.posix.relative(path.posix.dirname(sheet), font ?? ''));
  });

  test('has the pages and handlers of app/ and no other', () => {
    const routes = Object.keys(readJson('server/app-paths-manifest.json'));
    const own = sourceFiles('app')
      .flatMap((file) => /^app(\/.*)?\/(page|route)\.tsx?$/.exec(file)?.slice(1, 3).join('/') ?? [])
      .map((route) => (route.startsWith('/') ? route : `/${route}`));
    const files = publicFiles(path.dirname(build)).map((file) => `${file}/route`);
    const ofNext = ['/_not-found/page', '/_global-error/page', ...files];
    expect(routes.filter((route) => !ofNext.includes(route)).sort()).toEqual(own.sort());
  });
});
