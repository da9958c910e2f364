import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import {
  type WorkStore,
  workAsyncStorage,
} from 'next/dist/server/app-render/work-async-storage.external';
import {
  type RequestStore,
  workUnitAsyncStorage,
} from 'next/dist/server/app-render/work-unit-async-storage.external';
import { RequestCookies } from 'next/dist/server/web/spec-extension/cookies';
import type { User } from '@/lib/contrib/auth/models';
import { sealSession, sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { type Exchange, enterExchange } from '@/lib/http/server/exchange';
import { signedIn } from '@/tests/support/auth/sign-in';

const HOST = 'localhost:3000';

/** What came of it: the status, where it leads, what it returned, and what it asked instead. */
export type Answer = {
  status: number;
  location: string | null;
  value: unknown;
  answers: ReadonlyMap<string, unknown>;
  /** The cookies that the browser has then, as it sends them. */
  cookie: string;
};

/** A browser that has just signed in. */
export async function browserOf(user: User): Promise<string> {
  return `${sessionCookieName(false)}=${await sealSession(await signedIn(user))}`;
}

/**
 * Call a server action or a route handler, the very function that Next.js calls, inside a request
 * of a browser with this cookie: with headers, cookies, status and redirects, and without a server.
 * What it leaves for after the answer is done before this resolves.
 */
export async function callServer(
  cookie: string,
  call: () => Promise<unknown>,
  method = 'POST',
): Promise<Answer> {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  const exchange: Exchange = { request, response: new ServerResponse(request), url: '/' };
  const headers = new Headers({ cookie, host: HOST, origin: `http://${HOST}` });
  const jar = new RequestCookies(headers);
  const later: (() => unknown)[] = [];
  const work = {
    route: '/',
    page: '/page',
    afterContext: { after: (task: () => unknown) => void later.push(task) },
  };
  const unit = {
    type: 'request',
    phase: 'action',
    headers,
    cookies: jar,
    userspaceMutableCookies: jar,
  };
  const answer = await new Promise<Answer>((resolve, reject) => {
    workAsyncStorage.run(work as WorkStore & typeof work, () =>
      workUnitAsyncStorage.run(unit as RequestStore & typeof unit, async () => {
        enterExchange(exchange);
        try {
          const value = await call();
          resolve(answered(exchange, jar, value));
        } catch (error) {
          const location = redirectOf(error);
          if (location === null) reject(error);
          else resolve({ ...answered(exchange, jar, undefined), status: 303, location });
        }
      }),
    );
  });
  for (const task of later) await task();
  return answer;
}

function answered(
  { response, answers = new Map() }: Exchange,
  jar: RequestCookies,
  value: unknown,
): Answer {
  const status = value instanceof Response ? value.status : response.statusCode;
  return { status, location: null, value, answers, cookie: cookieHeader(jar) };
}

function redirectOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('digest' in error)) return null;
  const [kind, , location = ''] = String(error.digest).split(';');
  return kind === 'NEXT_REDIRECT' ? location : null;
}

function cookieHeader(jar: RequestCookies): string {
  const kept = jar.getAll().filter(({ value }) => value !== '');
  return kept.map(({ name, value }) => `${name}=${value}`).join('; ');
}
