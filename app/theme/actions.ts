'use server';

import { redirect } from 'next/navigation';
import { keepTheme } from '@/app/theme/cookie';
import { parseTheme } from '@/components/theme';
import { loginNotRequired } from '@/lib/contrib/auth/decorators';
import { getSafeNext } from '@/lib/http/safe-url';
import { isSentByScript } from '@/lib/http/source/current-source';

export const setTheme = loginNotRequired.action(async (request, form) => {
  await keepTheme(request.headers, parseTheme(form.get('theme')));
  // With scripts the page is drawn again around what is typed in it.
  if (!isSentByScript()) redirect(getSafeNext(request, { next: request.path }) ?? '/');
});
