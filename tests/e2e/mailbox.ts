import { expect, type Page } from '@playwright/test';
import { mailFolder, type ReceivedMail } from '../support/mail';

export type Mailbox = {
  url: string;
  /** What has arrived for this address so far, oldest first. */
  mailsTo(address: string): Promise<ReceivedMail[]>;
  /** The mail that comes next for this address, after so many others. */
  nextMailTo(address: string, after?: number): Promise<ReceivedMail>;
  remove(): Promise<void>;
};

/** A folder into which a server writes its mail. */
export async function openMailbox(): Promise<Mailbox> {
  const { url, mails, remove } = await mailFolder();
  const mailsTo = async (address: string) =>
    (await mails()).filter(({ headers }) => headers['to'] === address);
  const nextMailTo = async (address: string, after = 0) => {
    await expect.poll(async () => (await mailsTo(address)).length).toBeGreaterThan(after);
    const mail = (await mailsTo(address))[after];
    if (!mail) throw new Error(`No mail to ${address}.`);
    return mail;
  };
  return { url, mailsTo, nextMailTo, remove };
}

/** The path of the link in a reset mail, and the token in it. */
export function linkIn({ text }: ReceivedMail): { path: string; token: string } {
  const [, path = '', token = ''] =
    /^https?:\/\/[^/]+(\/accounts\/reset\/[\w-]+\/([\w-]+)\/)$/m.exec(text) ?? [];
  expect(token).toHaveLength(39);
  return { path, token };
}

/** Ask for a reset link through the form, and wait for the page that it leads to. */
export async function askForLink(page: Page, address: string): Promise<void> {
  await page.goto('/accounts/password_reset/');
  await page.getByLabel('Email address').fill(address);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.waitForURL('/accounts/password_reset/done/');
}

/** Fill in both fields of a new password. */
export async function fillNewPassword(page: Page, first: string, second = first): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(first);
  await page.getByLabel('New password again', { exact: true }).fill(second);
}

/** Fill in and send the form behind a reset link. */
export async function setPassword(page: Page, password: string): Promise<void> {
  await fillNewPassword(page, password);
  await page.getByRole('button', { name: 'Set the new password' }).click();
}
