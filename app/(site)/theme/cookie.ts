import { parseTheme, type Theme, themeCookie } from '@/components/theme';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { currentSource } from '@/lib/http/source/current-source';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The theme that this browser chose, also where an action of this very request keeps another. */
export async function themeOf(headers: Pick<Headers, 'get'>): Promise<Theme> {
  const name = cookieName(themeCookie, cookiesAreSecure(headers));
  const values = readCookies(headers, name);
  const chosen = (await currentSource().cookies()).get(name)?.value;
  if (chosen === undefined || !values.includes(chosen)) return parseTheme(chosen);
  return values.map(parseTheme).find((theme) => theme !== 'system') ?? 'system';
}

/** Keep a choice for a year; the system's needs no cookie. Only in an action. */
export async function keepTheme(headers: Pick<Headers, 'get'>, theme: Theme): Promise<void> {
  const secure = cookiesAreSecure(headers);
  (await currentSource().cookies()).set(cookieName(themeCookie, secure), theme, {
    path: '/',
    maxAge: theme === 'system' ? 0 : YEAR_SECONDS,
    httpOnly: true,
    sameSite: 'lax',
    secure,
  });
}
