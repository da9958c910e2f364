import type { User } from '@/lib/contrib/auth/models';
import { sendLetter } from '@/lib/extras/account/mails/send';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { providerName } from '@/lib/extras/socialaccount/providers/configured';
import type { Who } from '@/lib/extras/socialaccount/who/who-is-it';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';
import { addressTakenMail, linkMail } from './link-mails';

type Asked = { readonly origin: string };

type LinkNews = {
  readonly provider: string;
  readonly news: 'linked' | 'unlinked';
  /** Whether somebody who runs the site did it. */
  readonly byOthers?: boolean;
};

/** Tell the owner of an account by mail that a link was made or is gone, once the request is answered. */
export function tellOfLink(
  request: Asked,
  { username, email }: Pick<User, 'username' | 'email'>,
  { provider, news, byOthers = false }: LinkNews,
): void {
  const told = { username, provider: providerName(provider), when: new Date(), byOthers };
  const letter = linkMail({ ...told, origin: siteOrigin(request) }, news);
  after(() => sendLetter(email, letter));
}

/** Tell whom a sign-in concerns what was made of it. */
export function tellOfWho(
  request: Asked,
  who: Extract<Who, { kind: 'user' }>,
  { id }: ProviderSetting,
): void {
  if (who.made === 'link') tellOfLink(request, who.user, { provider: id, news: 'linked' });
  const origin = siteOrigin(request);
  for (const { username, email } of who.displaced) {
    const letter = addressTakenMail({
      username,
      provider: providerName(id),
      when: new Date(),
      origin,
    });
    after(() => sendLetter(email, letter));
  }
}
