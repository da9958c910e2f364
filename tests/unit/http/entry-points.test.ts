import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settings } from '@/lib/conf/settings';
import { type EntryPoint, inspect } from '../../setup/entry-points';
import { readSource, sourceFiles } from '../../setup/sources';

/** Every entry point that lets in everybody, and why. A new one has to be added here. */
const PUBLIC = [
  'app/accounts/login/actions.ts loginAction',
  'app/accounts/login/page.tsx default',
  'app/accounts/logout/actions.ts logoutAction',
  'app/accounts/logout/page.tsx default',
  'app/accounts/password_reset/actions.ts passwordResetAction',
  'app/accounts/password_reset/done/page.tsx default',
  'app/accounts/password_reset/page.tsx default',
  'app/accounts/reset/[uidb64]/[token]/route.ts GET',
  'app/accounts/reset/[uidb64]/[token]/route.ts POST',
  'app/accounts/reset/[uidb64]/set-password/actions.ts setPasswordAction',
  'app/accounts/reset/[uidb64]/set-password/page.tsx default',
  'app/accounts/reset/done/page.tsx default',
  'app/healthz/route.ts GET',
  'app/page.tsx default',
  'app/theme/actions.ts setTheme',
];

const files = ['app', 'components', 'lib'].flatMap((folder) => sourceFiles(folder));
const findings = files.map((file) => inspect(file, readSource(file)));
const entryPoints = findings.flatMap((each) => each.entryPoints);
const publicOnes = entryPoints.filter(({ guard }) => guard === 'loginNotRequired');

/** Addresses of the admin that only lead elsewhere, where everybody signed in may go. */
const WAYS_OUT = ['login', 'logout', 'password_change'].map((name) => `app/admin/${name}/route.ts`);

/** `app/dashboard/articles/[id]/page.tsx` → `/dashboard/articles/:id/`. */
function addressOf({ file }: EntryPoint): string {
  return file
    .replace(/^app/, '')
    .replace(/\/(page|route)\.tsx?$/, '/')
    .replace(/\/\([^/]+\)/g, '')
    .replace(/\[(?:\.\.\.)?([^\]]+)\]/g, ':$1');
}

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
    expect(publicOnes.map(({ file, name }) => `${file} ${name}`)).toEqual(PUBLIC);
  });

  it('are public at the addresses of settings.PUBLIC_PATHS, and at no other', () => {
    const addresses = publicOnes
      .filter(({ file }) => /\/(page|route)\.tsx?$/.test(file))
      .map(addressOf);
    expect([...new Set(addresses)].sort()).toEqual([...settings.PUBLIC_PATHS].sort());
  });

  it('of the admin are for members of staff', () => {
    const others = entryPoints
      .filter(({ file }) => file.startsWith('app/admin/'))
      .filter(({ guard }) => guard !== 'staffMemberRequired');
    expect(others.map(({ file }) => file)).toEqual(WAYS_OUT);
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

const guards = `import { staffMemberRequired } from '@/lib/contrib/admin/decorators';
import { loginRequired, permissionRequired } from '@/lib/contrib/auth/decorators';\n`;

describe('inspect', () => {
  it.each([
    ['an unguarded page', 'app/page.tsx', 'export default async function Page() { return <p />; }'],
    [
      'a page that guards inside',
      'app/page.tsx',
      `${guards}export default async () => loginRequired.page(x);`,
    ],
    [
      'a page that exports a name',
      'app/page.tsx',
      `${guards}const p = loginRequired.page(x);\nexport default p;`,
    ],
    [
      'a page without default',
      'app/page.tsx',
      `${guards}export const page = loginRequired.page(x);`,
    ],
    [
      'a guard from elsewhere',
      'app/page.tsx',
      `import { loginRequired } from '@/x';\nexport default loginRequired.page(x);`,
    ],
    [
      'a guard of its own',
      'app/page.tsx',
      'const loginRequired = { page: (x) => x };\nexport default loginRequired.page(x);',
    ],
    [
      'generateMetadata',
      'app/page.tsx',
      `${guards}export const generateMetadata = async () => ({});\nexport default loginRequired.page(x);`,
    ],
    [
      'metadata that runs',
      'app/page.tsx',
      `${guards}export const metadata = { title: read() };\nexport default loginRequired.page(x);`,
    ],
    [
      'metadata made elsewhere',
      'app/page.tsx',
      `${guards}export const metadata = await read();\nexport default loginRequired.page(x);`,
    ],
    [
      'an unguarded handler',
      'app/x/route.ts',
      'export async function GET() { return new Response(); }',
    ],
    ['a re-exported handler', 'app/x/route.ts', `export { GET } from '@/x';`],
    ['a starred handler', 'app/x/route.ts', `export * from '@/x';`],
    ['an unguarded action', 'app/actions.ts', `'use server';\nexport async function save() {}`],
    ['an unguarded arrow', 'app/actions.ts', `'use server';\nexport const save = async () => {};`],
    [
      'a renamed action',
      'app/actions.ts',
      `'use server';\n${guards}const a = loginRequired.action(x);\nexport { a as b };`,
    ],
    [
      'an action that can change',
      'app/actions.ts',
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
      inspect('app/page.tsx', page),
      inspect('app/x/route.ts', route),
      inspect('app/actions.ts', actions),
    ];
    expect(found.flatMap(({ problems }) => problems)).toEqual([]);
    expect(found.flatMap((each) => each.entryPoints)).toEqual([
      { file: 'app/page.tsx', name: 'default', guard: 'loginRequired', kind: 'page' },
      { file: 'app/x/route.ts', name: 'GET', guard: 'staffMemberRequired', kind: 'handler' },
      { file: 'app/actions.ts', name: 'save', guard: 'permissionRequired', kind: 'action' },
    ]);
  });
});
