import { mailFolder, type ReceivedMail } from '@/tests/support/mail';

let folder: Awaited<ReturnType<typeof mailFolder>> | null = null;

/** Keep what is sent from here on, for `mailsTo`, in the place of printing it. For `beforeAll`. */
export async function keepMail(): Promise<() => Promise<void>> {
  const kept = await mailFolder();
  folder = kept;
  process.env['EMAIL_URL'] = kept.url;
  return async () => {
    delete process.env['EMAIL_URL'];
    await kept.remove();
  };
}

/** What somebody was sent, the oldest first. */
export async function mailsTo(address: string): Promise<ReceivedMail[]> {
  const mails = (await folder?.mails()) ?? [];
  return mails.filter(({ headers }) => headers['to'] === address);
}
