import { expect, test } from 'vitest';
import { nextAfterLogin } from '@/app/(auth)/accounts/login/next';
import { APPS } from '@/lib/apps/declared';
import { isInstalled } from '@/lib/apps/installed';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { Session } from '@/lib/contrib/sessions/session';
import type { HttpRequest } from '@/lib/http/request';
import { sourceFiles } from '@/tests/support/sources';

const request: HttpRequest = {
  user: new AnonymousUser(),
  session: new Session(),
  method: 'POST',
  path: '/accounts/login/',
  headers: new Headers(),
  ipAddress: '127.0.0.1',
  userAgent: '',
  isSecure: false,
  origin: 'http://localhost',
  messages: [],
};

function landing(next: string): string | null {
  const form = new FormData();
  form.set('next', next);
  return nextAfterLogin(request, form);
}

const LEAD_ON: Record<string, string> = {
  '/admin/login/': '/admin/',
  '/admin/logout/': '/accounts/logout/',
  '/admin/password_change/': '/accounts/password_change/',
};

// They take a link apart for whoever follows it, and nobody is sent from them to sign in.
const MAILED_LINK = /\/\[(token|key)\]\/$/;

test('signing in ends on a page, whichever handler was asked for', () => {
  // An app that is out has no address to be sent from.
  const isIn = (file: string) =>
    APPS.every(({ label }) => !file.startsWith(`app/(${label})/`) || isInstalled(label));
  const handlers = sourceFiles('app')
    .filter(isIn)
    .flatMap((file) => /^app(\/.*\/)route\.ts$/.exec(file)?.[1] ?? [])
    .map((folder) => folder.replaceAll(/\/\([^)]+\)/g, ''))
    .filter((address) => !MAILED_LINK.test(address));
  expect(handlers).toContain('/admin/[app]/[model]/export/');
  for (const handler of handlers) {
    if (handler in LEAD_ON) {
      expect(landing(handler)).toBe(LEAD_ON[handler]);
      continue;
    }
    if (handler.endsWith('/download/')) {
      expect(landing(handler)).toBe(handler.replace(/download\/$/, ''));
      continue;
    }
    const address = handler.replace('[app]', 'auth').replace('[model]', 'user');
    for (const next of [
      address,
      address.slice(0, -1),
      `${address}?q=1`,
      `http://localhost${address}`,
    ]) {
      const page = landing(next) ?? '';
      expect(page, next).toMatch(
        /^\/(dashboard\/|admin\/auth\/user\/(\[id\]\/review\/)?(\?q=1)?)$/,
      );
    }
  }
});

test('a page is where it leads as it is', () => {
  for (const next of ['/admin/auth/user/', '/export/', '/admin/auth/export/', '/a?b=/healthz/']) {
    expect(landing(next)).toBe(next);
  }
});
