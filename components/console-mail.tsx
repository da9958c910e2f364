import { settings } from '@/lib/conf/settings';

/** Where the mail of a server is that sends none; nothing of one that does. */
export function ConsoleMail({ as: Element = 'p' }: { as?: 'p' | 'li' }) {
  if (settings.EMAIL_URL !== 'console:') return null;
  return (
    <Element>
      This server prints its mail instead of sending it (EMAIL_URL): what you look for stands in the
      terminal where it was started.
    </Element>
  );
}
