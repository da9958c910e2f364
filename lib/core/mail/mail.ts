/** One mail to one address. `subject` becomes one line; `text` and `html` say the same. */
export type Mail = { to: string; subject: string; text: string; html: string };

/** Where mail goes; `url` is EMAIL_URL. Rejects when the mail could not be handed on. */
export type MailBackend = (mail: Mail, url: string) => Promise<void>;
