'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(site)/guards';
import { keepTheme } from '@/app/(site)/theme/cookie';
import { parseTheme } from '@/components/theme';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';
import { isSentByScript } from '@/lib/http/source/current-source';

export const setTheme = loginNotRequired.action(async (request: HttpRequest, form: FormData) => {
  await keepTheme(request.headers, parseTheme(form.get('theme')));
  // With scripts the page is drawn again around what is typed in it.
  if (!isSentByScript()) redirect(getSafeNext(request, { next: request.path }) ?? '/');
});
