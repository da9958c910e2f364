import type { ReactNode } from 'react';

export function SiteFooter({ siteName, children }: { siteName: string; children: ReactNode }) {
  return (
    <footer className="border-t border-line">
      <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-4 sm:px-6">
        <p className="text-sm text-muted">{siteName} decides who may do what, and says why.</p>
        {children}
      </div>
    </footer>
  );
}
