'use client';

import type { ComponentProps, ReactNode } from 'react';
import { SiteFooter } from '@/components/frame/site-footer';
import { SiteHeader } from '@/components/frame/site-header';
import { LeaveGuard } from '@/components/leaving/leave-guard';
import { Messages } from '@/components/messages';
import { SessionWatch } from '@/components/session-watch';
import { ThemeSwitch } from '@/components/theme-switch';

const skipLink =
  'sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:rounded-field focus:bg-surface focus:px-4 focus:py-2';

type Props = Omit<ComponentProps<typeof SiteHeader>, 'who'> & {
  who: string;
  sessionStream: string | null;
  messages: ComponentProps<typeof Messages>['waiting'];
  messageCookie: string;
  theme: ComponentProps<typeof ThemeSwitch>['theme'];
  setTheme: ComponentProps<typeof ThemeSwitch>['action'];
  /** What stands above the header; behind the link that leads past both. */
  above: ReactNode;
  children: ReactNode;
};

/** What surrounds every page. A client component for the wire only, as PermissionRows is. */
export function SiteFrame(props: Props) {
  const {
    who,
    sessionStream,
    messages,
    messageCookie,
    theme,
    setTheme,
    above,
    children,
    ...header
  } = props;
  return (
    <>
      <a href="#main" className={skipLink}>
        Skip to content
      </a>
      {above}
      <SessionWatch who={who} stream={sessionStream} />
      <LeaveGuard />
      <SiteHeader who={who} {...header} />
      <Messages waiting={messages} cookieName={messageCookie} />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-page grow px-4 py-5 sm:px-6 sm:py-8"
      >
        {children}
      </main>
      <SiteFooter siteName={header.siteName}>
        <ThemeSwitch theme={theme} action={setTheme} />
      </SiteFooter>
    </>
  );
}
