import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { logoutAction } from '@/app/accounts/logout/actions';
import { loadChrome } from '@/app/chrome';
import { setTheme } from '@/app/theme/actions';
import { Messages } from '@/components/messages';
import { sessionOwner } from '@/components/page';
import { SessionWatch } from '@/components/session-watch';
import { SiteFooter } from '@/components/site-footer';
import { SiteHeader } from '@/components/site-header';
import { parseTheme, themeCookie } from '@/components/theme';
import { ThemeSwitch } from '@/components/theme-switch';
import { settings } from '@/lib/conf/settings';
import { readMessages } from '@/lib/http/messages';
import '@/app/globals.css';

const skipLink =
  'sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:rounded-field focus:bg-surface focus:px-4 focus:py-2';

/** Draws what surrounds every page. It guards nothing: each page, action and handler guards itself. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const messages = await readMessages();
  const { user, ...places } = await loadChrome();
  const who = sessionOwner(user);
  return (
    <html lang="en" data-theme={theme} data-user={who}>
      <head>
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
      </head>
      <body className="flex min-h-dvh flex-col">
        <a href="#main" className={skipLink}>
          Skip to content
        </a>
        <SessionWatch who={who} />
        <SiteHeader
          username={user?.isAuthenticated ? user.username : null}
          {...places}
          signOut={logoutAction}
        />
        <Messages waiting={messages} cookieName={settings.MESSAGE_COOKIE_NAME} />
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-page grow px-4 py-8 sm:px-6">
          {children}
        </main>
        <SiteFooter>
          <ThemeSwitch theme={theme} action={setTheme} />
        </SiteFooter>
      </body>
    </html>
  );
}
