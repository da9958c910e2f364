import { hiddenFields, multipart, send } from '../client';

/** Another site to measure beside, already signed in. */
export type Site = { name: string; url: string; cookie: string };

/**
 * A site from `NAME=URL`: a page that a signed-in person reads. With a name and a password in the
 * URL (`http://ada:secret@…`) they sign in as a browser without JavaScript does, by the form to
 * which the page sends a stranger.
 */
export async function openPeer(given: string): Promise<Site> {
  const [name = '', ...rest] = given.split('=');
  const { username, password, ...address } = split(rest.join('='));
  if (username === '') return { name, url: address.url, cookie: '' };
  const sentAway = await send(address.url, { headers: { accept: 'text/html' } });
  const form = new URL(sentAway.location ?? address.url, address.url).href;
  const page = await send(form, { headers: { accept: 'text/html' } });
  const typed: [string, string][] = [
    [firstField(page.body), username],
    ['password', password],
  ];
  const posted = multipart([...hiddenFields(page.body, 'password'), ...typed]);
  const answer = await send(form, {
    ...posted,
    headers: {
      ...posted.headers,
      cookie: page.cookies.join('; '),
      origin: new URL(form).origin,
      referer: form,
    },
  });
  const cookie = [...page.cookies, ...answer.cookies].join('; ');
  const { status } = await send(address.url, { headers: { cookie, accept: 'text/html' } });
  if (status !== 200) throw new Error(`${name} answers ${status} after the sign-in.`);
  return { name, url: address.url, cookie };
}

function split(given: string) {
  const url = new URL(given);
  const [username, password] = [url.username, url.password].map(decodeURIComponent);
  url.username = '';
  url.password = '';
  return { url: url.href, username: username ?? '', password: password ?? '' };
}

/** The name of the field before the password. */
function firstField(html: string): string {
  const form = html.split('<form').find((part) => part.includes(' name="password"')) ?? '';
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const shown = inputs.find((input) => !input.includes('type="hidden"')) ?? '';
  return / name="([^"]*)"/.exec(shown)?.[1] ?? 'username';
}
