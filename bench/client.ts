import { Agent, request } from 'node:http';

/** What came back: status, headers, body, and the milliseconds until its last byte. */
export type Answer = {
  status: number;
  location: string | undefined;
  cookies: string[];
  body: string;
  duration: number;
};

// Node's server closes a connection that was idle for five seconds; this end must be first.
const agent = new Agent({ keepAlive: true, timeout: 4000 });

/** One request over a connection that stays open; node:http, since fetch costs more than a page. */
export function send(
  url: string,
  { method = 'GET', headers = {}, body = '' }: Sent = {},
): Promise<Answer> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          cookies: (response.headers['set-cookie'] ?? []).map(
            (cookie) => cookie.split(';')[0] ?? '',
          ),
          body: Buffer.concat(chunks).toString(),
          duration: performance.now() - start,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

type Sent = { method?: string; headers?: Record<string, string>; body?: string };

/** The names and values that the form with this field sends by itself. */
export function hiddenFields(html: string, field: string): [string, string][] {
  const form = html.split('<form').find((part) => part.includes(` name="${field}"`)) ?? '';
  return [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
    attribute(tag, 'name'),
    attribute(tag, 'value'),
  ]);
}

/** Fields as a browser without JavaScript sends them. */
export function multipart(fields: [string, string][]): Sent {
  const boundary = `----bench${crypto.randomUUID()}`;
  const parts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
