import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { APPS } from '@/lib/apps/declared';
import { isInstalled, publicPaths } from '@/lib/apps/installed';
import {
  addressOf,
  type EntryPoint,
  groupOf,
  inspect,
  inspectGuards,
} from '@/tests/support/entry-points';
import { readSource, sourceFiles } from '@/tests/support/sources';

/** Every entry point that lets in everybody, but for those of apps whose own tests say which. */
const PUBLIC = [
  'app/(auth)/accounts/login/actions.ts loginAction',
  'app/(auth)/accounts/login/actions.ts cancelLoginAction',
  'app/(auth)/accounts/login/page.tsx default',
  'app/(auth)/accounts/logout/actions.ts logoutAction',
  'app/(auth)/accounts/logout/page.tsx default',
  'app/(auth)/accounts/password_reset/actions.ts passwordResetAction',
  'app/(auth)/accounts/password_reset/done/page.tsx default',
  'app/(auth)/accounts/password_reset/page.tsx default',
  'app/(auth)/accounts/reset/[uidb64]/[token]/route.ts GET',
  'app/(auth)/accounts/reset/[uidb64]/[token]/route.ts POST',
  'app/(auth)/accounts/reset/[uidb64]/set-password/actions.ts setPasswordAction',
  'app/(auth)/accounts/reset/[uidb64]/set-password/page.tsx default',
  'app/(auth)/accounts/reset/done/page.tsx default',
  ...['healthz', 'livez'].map((name) => `app/(site)/${name}/route.ts GET`),
  ...['page.tsx default', 'readyz/route.ts GET'].map((each) => `app/(site)/${each}`),
  'app/(site)/theme/actions.ts setTheme',
];

const files = ['app', 'components', 'lib'].flatMap((folder) => sourceFiles(folder));
const findings = files.map((file) => inspect(file, readSource(file)));
const entryPoints = findings.flatMap((each) => each.entryPoints);
const publicOnes = entryPoints.filter(({ guard }) => guard === 'loginNotRequired');

/** Those that a test of their app lists, which goes with the app. */
const isListedApart = ({ file }: EntryPoint) =>
  existsSync(`lib/site/${groupOf(file)}`) ||
  existsSync(`tests/unit/extras/${groupOf(file)}/public.test.ts`);
/** Addresses of the admin where everybody signed in may go: they lead elsewhere, or say that there is nothing. */
const WAYS_OUT = [
  'app/(admin)/admin/[...path]/page.tsx',
  ...['login', 'logout', 'password_change'].map((name) => `app/(admin)/admin/${name}/route.ts`),
];

describe('the entry points of the application', () => {
  it('are all guarded in the export itself', () => {
    expect(findings.flatMap(({ problems }) => problems)).toEqual([]);
    const pages = files.filter((file) => /^app\/(.*\/)?page\.tsx?$/.test(file));
    expect(entryPoints.filter(({ name }) => name === 'default').map(({ file }) => file)).toEqual(
      pages,
    );
    expect(pages.length).toBeGreaterThan(5);
  });

  it('are public only where this test says so', () => {
    const found = publicOnes.filter((each) => !isListedApart(each));
    expect(found.map(({ file, name }) => `${file} ${name}`)).toEqual(PUBLIC);
  });

  it('are public at the addresses that the site and its apps declare, and at no other', () => {
    const isOut = ({ file }: EntryPoint) =>
      APPS.some(({ label }) => label === groupOf(file) && !isInstalled(label));
    const addresses = publicOnes
      .filter((each) => !isOut(each))
      .filter(({ file }) => /\/(page|route)\.tsx?$/.test(file))
      .map(addressOf);
    expect([...new Set(addresses)].sort()).toEqual([...publicPaths()].sort());
  });

  it('of the admin are for members of staff', () => {
    const others = entryPoints
      .filter((each) => addressOf(each).startsWith('/admin/'))
      .filter(({ guard }) => guard !== 'staffMemberRequired');
    expect(others.map(({ file }) => file)).toEqual(WAYS_OUT);
  });

  it('lie in the route group of their app, whose guards are made for it', () => {
    const outside = entryPoints.filter(({ file }) => groupOf(file) === null);
    expect(outside).toEqual([]);
    const groups = [...new Set(entryPoints.map(({ file }) => groupOf(file)))];
    const labels = ['site', ...APPS.map(({ label }) => label)];
    expect(groups.filter((group) => !labels.includes(group ?? ''))).toEqual([]);
    expect(
      groups.flatMap((group) => {
        const file = `app/(${group})/guards.ts`;
        return inspectGuards(file, readSource(file));
      }),
    ).toEqual([]);
  });

  it('are wrapped as what Next.js calls them as', () => {
    const ending = { page: /\/page\.tsx$/, action: /\/actions\.ts$/, handler: /\/route\.ts$/ };
    const others = entryPoints.filter(({ file, kind }) => !ending[kind].test(`/${file}`));
    expect(others).toEqual([]);
    for (const kind of ['page', 'action', 'handler']) {
      expect(entryPoints.some((each) => each.kind === kind)).toBe(true);
    }
  });

  it('stand in app/ only: no second router, and no action elsewhere', () => {
    for (const folder of ['pages', 'src']) expect(existsSync(folder)).toBe(false);
    expect(entryPoints.filter(({ file }) => !file.startsWith('app/'))).toEqual([]);
  });
});

const guards = `import { loginRequired, permissionRequired, staffMemberRequired } from '@/app/(shop)/guards';\n`;

describe('inspect', () => {
  it.each([
    [
      'an unguarded page',
      'app/(shop)/page.tsx',
      'export default async function Page() { return <p />; }',
    ],
    [
      'a page that guards inside',
      'app/(shop)/page.tsx',
      `${guards}export default async () => loginRequired.page(x);`,
    ],
    [
      'a page that exports a name',
      'app/(shop)/page.tsx',
      `${guards}const p = loginRequired.page(x);\nexport default p;`,
    ],
    [
      'a page without default',
      'app/(shop)/page.tsx',
      `${guards}export const page = loginRequired.page(x);`,
    ],
    [
      'a guard from elsewhere',
      'app/(shop)/page.tsx',
      `import { loginRequired } from '@/x';\nexport default loginRequired.page(x);`,
    ],
    [
      'a guard of another app',
      'app/(market)/page.tsx',
      `${guards}export default loginRequired.page(x);`,
    ],
    [
      'a guard of no app',
      'app/(shop)/page.tsx',
      `import { loginRequired } from '@/lib/contrib/auth/decorators';\nexport default loginRequired.page(x);`,
    ],
    [
      'a guard of its own',
      'app/(shop)/page.tsx',
      'const loginRequired = { page: (x) => x };\nexport default loginRequired.page(x);',
    ],
    [
      'generateMetadata',
      'app/(shop)/page.tsx',
      `${guards}export const generateMetadata = async () => ({});\nexport default loginRequired.page(x);`,
    ],
    [
      'metadata that runs',
      'app/(shop)/page.tsx',
      `${guards}export const metadata = { title: read() };\nexport default loginRequired.page(x);`,
    ],
    [
      'metadata made elsewhere',
      'app/(shop)/page.tsx',
      `${guards}export const metadata = await read();\nexport default loginRequired.page(x);`,
    ],
    [
      'an unguarded handler',
      'app/(shop)/x/route.ts',
      'export async function GET() { return new Response(); }',
    ],
    ['a re-exported handler', 'app/(shop)/x/route.ts', `export { GET } from '@/x';`],
    ['a starred handler', 'app/(shop)/x/route.ts', `export * from '@/x';`],
    [
      'an unguarded action',
      'app/(shop)/actions.ts',
      `'use server';\nexport async function save() {}`,
    ],
    [
      'an unguarded arrow',
      'app/(shop)/actions.ts',
      `'use server';\nexport const save = async () => {};`,
    ],
    [
      'a renamed action',
      'app/(shop)/actions.ts',
      `'use server';\n${guards}const a = loginRequired.action(x);\nexport { a as b };`,
    ],
    [
      'an action that can change',
      'app/(shop)/actions.ts',
      `'use server';\n${guards}export let a = loginRequired.action(x);`,
    ],
    [
      'an action in a component',
      'components/a.tsx',
      `'use server';\nexport const save = async () => {};`,
    ],
    [
      'an inline action',
      'app/form.tsx',
      `export function F() { return <form action={async () => { 'use server'; }} />; }`,
    ],
    [
      'an inline action in a layout',
      'app/layout.tsx',
      `export default function L() { async function a() { 'use server'; } }`,
    ],
    [
      'an action of a layout',
      'app/layout.tsx',
      `export const save = async () => {};\nexport default function L() {}`,
    ],
    [
      'a page wrapped as an action',
      'app/page.tsx',
      `${guards}export default loginRequired.action(x);`,
    ],
    [
      'a page wrapped as a handler',
      'app/page.tsx',
      `${guards}export default loginRequired.handler(x);`,
    ],
    [
      'an action wrapped as a page',
      'app/actions.ts',
      `'use server';\n${guards}export const a = loginRequired.page(x);`,
    ],
    [
      'an action wrapped as a handler',
      'app/actions.ts',
      `'use server';\n${guards}export const a = loginRequired.handler(x);`,
    ],
    [
      'a handler wrapped as a page',
      'app/x/route.ts',
      `${guards}export const GET = loginRequired.page(x);`,
    ],
    [
      'a handler wrapped as an action',
      'app/x/route.ts',
      `${guards}export const GET = permissionRequired('a.b').action(x);`,
    ],
    [
      'a wrapper that is computed',
      'app/page.tsx',
      `${guards}export default loginRequired['page'](x);`,
    ],
    [
      'a guard that is no wrapper',
      'app/page.tsx',
      `${guards}export default permissionRequired('a.b');`,
    ],
    [
      'a wrapper of a wrapper',
      'app/page.tsx',
      `${guards}export default loginRequired.page.page(x);`,
    ],
    ['a site map', 'app/sitemap.ts', 'export default function sitemap() { return []; }'],
    ['a loading page', 'app/loading.tsx', 'export default function Loading() { return <p />; }'],
  ])('refuses %s', (_, file, source) => {
    expect(inspect(file, source).problems).not.toEqual([]);
  });

  it('accepts guarded pages, handlers and actions, and tells their guards', () => {
    const page = `${guards}export const metadata = { title: 'A' };\nexport default loginRequired.page(async function Page() { return <p />; });`;
    const route = `${guards}export const GET = staffMemberRequired.handler(async () => new Response());`;
    const actions = `'use server';\n${guards}export type T = string;\nexport const save = permissionRequired('a.b').action(async () => {});`;
    const found = [
      inspect('app/(shop)/page.tsx', page),
      inspect('app/(shop)/x/route.ts', route),
      inspect('app/(shop)/actions.ts', actions),
    ];
    expect(found.flatMap(({ problems }) => problems)).toEqual([]);
    expect(found.flatMap((each) => each.entryPoints)).toEqual([
      { file: 'app/(shop)/page.tsx', name: 'default', guard: 'loginRequired', kind: 'page' },
      { file: 'app/(shop)/x/route.ts', name: 'GET', guard: 'staffMemberRequired', kind: 'handler' },
      { file: 'app/(shop)/actions.ts', name: 'save', guard: 'permissionRequired', kind: 'action' },
    ]);
  });
});
