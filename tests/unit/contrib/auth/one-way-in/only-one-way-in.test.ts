import { describe, expect, it } from 'vitest';
import { isNode, parseSource, readSource, sourceFiles, walk } from '@/tests/support/sources';

/** Who may call `login`, and why. */
const ALLOWED = [
  // The proxy vouches for whom it names, at each request: there is no first factor to add to.
  'lib/contrib/auth/remote-user/process-remote-user.ts',
  // The end of every first factor and of every stage.
  'lib/contrib/auth/sign-in/complete-login.ts',
];

/** Whether a module imports `login` of auth by any name, or the whole of auth. */
function reachesLogin(source: string): boolean {
  let found = false;
  walk(parseSource(source), (node) => {
    const from = isNode(node['source']) ? node['source']['value'] : undefined;
    if (from !== '@/lib/contrib/auth' && from !== '@/lib/contrib/auth/index') return;
    if (node.type === 'ImportExpression' || node.type === 'ExportAllDeclaration') found = true;
    const specifiers = Array.isArray(node['specifiers']) ? node['specifiers'] : [];
    for (const each of specifiers.filter(isNode)) {
      const name = each['imported'] ?? each['local'];
      if (each.type === 'ImportNamespaceSpecifier') found = true;
      if (isNode(name) && name['name'] === 'login' && each.type !== 'ImportDefaultSpecifier') {
        found = true;
      }
    }
  });
  return found;
}

describe('a session becomes somebody’s', () => {
  it('by login(), which only completeLogin reaches, and the proxy that vouches', () => {
    const files = ['app', 'components', 'lib', 'prisma', 'scripts'].flatMap((folder) =>
      sourceFiles(folder),
    );
    const reaching = files.filter((file) => reachesLogin(readSource(file)));
    expect(reaching).toEqual(ALLOWED);
  });

  it('nowhere by hand: the entry that says whose it is, is set by login() alone', () => {
    const files = ['app', 'components', 'lib'].flatMap((folder) => sourceFiles(folder));
    const setting = files.filter((file) =>
      /\.set\(\s*(SESSION_KEY|['"]_auth_user_id['"])/.test(readSource(file)),
    );
    expect(setting).toEqual(['lib/contrib/auth/index.ts']);
  });

  it.each([
    "import { login } from '@/lib/contrib/auth';",
    "import { authenticate, login as enter } from '@/lib/contrib/auth';",
    "import * as auth from '@/lib/contrib/auth';",
    "export { login } from '@/lib/contrib/auth';",
    "export * from '@/lib/contrib/auth';",
    "const auth = await import('@/lib/contrib/auth');",
  ])('and this is seen: %s', (source) => {
    expect(reachesLogin(source)).toBe(true);
  });

  it('while what is no login is let be', () => {
    expect(reachesLogin("import { logout } from '@/lib/contrib/auth';")).toBe(false);
    expect(reachesLogin("import { login } from '@/lib/elsewhere';")).toBe(false);
  });
});
