'use server';

import { redirect } from 'next/navigation';
import { keepTheme } from '@/app/theme/cookie';
import { parseTheme } from '@/components/theme';
import { loginNotRequired } from '@/lib/contrib/auth/decorators';
import { isSentByScript } from '@/lib/http/current-source';
import { getSafeNext } from '@/lib/http/safe-url';

export const setTheme = loginNotRequired.action(async (request, form) => {
  await keepTheme(request.headers, parseTheme(form.get('theme')));
  // With scripts the page is drawn again around what is typed in it.
  if (!isSentByScript()) redirect(getSafeNext(request, { next: request.path }) ?? '/');
});
