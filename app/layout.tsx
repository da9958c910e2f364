import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { cancelLoginAction } from '@/app/(auth)/accounts/login/actions';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { setTheme } from '@/app/(site)/theme/actions';
import { themeOf } from '@/app/(site)/theme/cookie';
import { loadChrome } from '@/app/chrome';
import { preloadFont } from '@/app/font';
import { Banners } from '@/components/frame/banners';
import { SiteFrame } from '@/components/frame/site-frame';
import { sessionOwner } from '@/components/page';
import { sessionStream } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import { userState } from '@/lib/contrib/auth/users/user-state';
import { messageCookieName, readMessages } from '@/lib/http/messages';
import '@/app/globals.css';

/** Draws what surrounds every page. It guards nothing: each page, action and handler guards itself. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  preloadFont();
  const head = await headers();
  const theme = await themeOf(head);
  const messages = await readMessages();
  const { user, signingIn, links, banners, hasPalette } = await loadChrome();
  const who = sessionOwner(user);
  // Extensions of browsers write attributes on these two before React looks at them.
  return (
    <html
      lang="en"
      data-theme={theme}
      data-user={who}
      data-state={(user?.isAuthenticated && userState(user)) || undefined}
      suppressHydrationWarning
    >
      <head>
        <meta
          name="description"
          content={`${settings.SITE_NAME} decides who may do what, and says why.`}
        />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
      </head>
      <body className="flex min-h-dvh flex-col" suppressHydrationWarning>
        <SiteFrame
          above={banners.length > 0 && <Banners banners={banners} />}
          siteName={settings.SITE_NAME}
          who={who}
          sessionStream={sessionStream()}
          username={user?.isAuthenticated ? user.username : null}
          links={links}
          hasPalette={hasPalette}
          signOut={logoutAction}
          signingIn={signingIn}
          cancelLogin={cancelLoginAction}
          messages={messages}
          messageCookie={messageCookieName(head)}
          theme={theme}
          setTheme={setTheme}
        >
          {children}
        </SiteFrame>
      </body>
    </html>
  );
}
