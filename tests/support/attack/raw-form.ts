import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';

/** An answer as it came over the wire; redirects are not followed. */
export type RawAnswer = { status: number; headers: IncomingMessage['headers']; body: string };

type Sent = { method?: string; headers?: Record<string, string>; body?: Buffer };

/** One request with exactly these headers: a browser and `fetch` would correct Host and Origin. */
export async function sendRaw(url: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const sent = httpRequest(url, { method, headers: { accept: 'text/html', ...headers } });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: text } as RawAnswer;
}

/**
 * Post the form of a page as a browser without JavaScript does: its hidden fields, then `fields`.
 * `button` is a text in the form, to tell it from the other forms of the page.
 */
export async function postForm(
  url: string,
  button: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const { body: page } = await sendRaw(url, { headers });
  const form = [...page.matchAll(/<form.*?<\/form>/gs)].find(([text]) => text.includes(button));
  if (!form) throw new Error(`${url} has no form with "${button}".`);
  const data = new FormData();
  for (const [input] of form[0].matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const [, name = ''] = /name="([^"]*)"/.exec(input) ?? [];
    const [, value = ''] = /value="([^"]*)"/.exec(input) ?? [];
    data.append(name, value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
  }
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  const encoded = new Response(data);
  const type = encoded.headers.get('content-type') ?? '';
  const body = Buffer.from(await encoded.arrayBuffer());
  return sendRaw(url, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
}
