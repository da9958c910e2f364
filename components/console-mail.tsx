import { settings } from '@/lib/conf/settings';

/** Where the mail of a server is that sends none; nothing of one that does. */
export function ConsoleMail({ as: Element = 'p' }: { as?: 'p' | 'li' }) {
  if (settings.EMAIL_URL !== 'console:') return null;
  return (
    <Element>This server sends no mail (EMAIL_URL): it prints it where it was started.</Element>
  );
}
