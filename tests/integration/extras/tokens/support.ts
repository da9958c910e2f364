import { type Answer, answerOf } from '@/tests/support/plain-source';

const ORIGIN = 'http://localhost:3000';

type Sent = { method?: string; path?: string; headers?: Record<string, string>; json?: unknown };

type Handler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** Call a route handler with a plain request: what came back, its body read. */
export async function ask<P extends Record<string, string>>(
  handler: Handler<P>,
  { method = 'GET', path = '/api/me/', headers = {}, json }: Sent = {},
  ...[params]: Record<string, never> extends P ? [params?: P] : [params: P]
): Promise<Answer & { body: unknown }> {
  const sent = {
    host: new URL(ORIGIN).host,
    'x-forwarded-for': '192.0.2.1',
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  };
  const body = json === undefined ? null : JSON.stringify(json);
  const request = new Request(`${ORIGIN}${path}`, { method, headers: sent, body });
  const context = { params: Promise.resolve(params ?? ({} as P)) };
  const answer = await answerOf(request, 'handler', () => handler(request, context));
  const text = answer.value instanceof Response ? await answer.value.text() : '';
  return { ...answer, body: jsonOf(text), headers: headersOf(answer) };
}

function headersOf({ value, headers }: Answer): Headers {
  return value instanceof Response ? value.headers : headers;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
