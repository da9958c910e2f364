'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { parseTheme, themeCookie } from '@/components/theme';
import { loginNotRequired } from '@/lib/http/decorators';
import { isSentByScript } from '@/lib/http/exchange';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const setTheme = loginNotRequired(async (request: HttpRequest, form: FormData) => {
  const theme = parseTheme(form.get('theme'));
  (await cookies()).set(themeCookie, theme, {
    maxAge: theme === 'system' ? 0 : YEAR_SECONDS,
    httpOnly: true,
    sameSite: 'lax',
    secure: request.isSecure,
  });
  // With scripts the page is drawn again around what is typed in it.
  if (!isSentByScript()) redirect(getSafeNext(request, { next: request.path }) ?? '/');
});
