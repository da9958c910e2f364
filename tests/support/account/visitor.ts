import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isValidElement, type ReactNode } from 'react';
import { overrideSettings } from '@/lib/conf/settings';
import { emptyFormState, type FormState } from '@/lib/forms/forms';
import type { Action, Handler, Page } from '@/lib/http/entry-points/views';
import { type Fields, formOf } from '@/tests/support/admin/object-forms';
import { mailFolder, parseMail, type ReceivedMail } from '@/tests/support/mail';
import { type Answer, answerOf } from '@/tests/support/plain-source';

const ORIGIN = 'http://localhost:3000';
const CHEAP = { PASSWORD_HASHERS: ['pbkdf2_sha256'], PBKDF2_ITERATIONS: 1 };

/** Whether a form is sent by a script, which holds its state, or by a browser without scripts. */
export type Sender = 'with scripts' | 'without scripts';

/** A site with these settings, whose mail arrives in a folder. */
export async function site(set: Parameters<typeof overrideSettings>[0]) {
  const folder = await mailFolder();
  const settings = { ...CHEAP, ...set, EMAIL_URL: folder.url };
  const path = folder.url.replace(/^file:/, '');
  const read = new Set<string>();

  /** The mails that have come since this was asked last. */
  async function news(): Promise<ReceivedMail[]> {
    const names = (await readdir(path)).filter((name) => !read.has(name)).sort();
    for (const name of names) read.add(name);
    const sources = names.map((name) => readFile(join(path, name), 'utf8'));
    return (await Promise.all(sources)).map(parseMail);
  }

  function during<T>(body: () => Promise<T>): Promise<T> {
    return overrideSettings(settings, body);
  }
  return { settings, news, during, remove: folder.remove, visitor: visitorsOf(during) };
}

/** A browser that sends forms, opens links and looks at pages, and keeps the cookies that come back. */
export type Visitor = ReturnType<ReturnType<typeof visitorsOf>>;

function visitorsOf(during: <T>(body: () => Promise<T>) => Promise<T>) {
  return (cookie = '', ipAddress = '192.0.2.1') => {
    const jar = new Map<string, string>();
    for (const pair of cookie.split('; ').filter(Boolean)) {
      const [name = '', ...value] = pair.split('=');
      jar.set(name, value.join('='));
    }
    const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

    async function ask(
      kind: 'page' | 'action' | 'handler',
      method: string,
      call: (request: Request) => Promise<unknown>,
    ): Promise<Answer> {
      const headers = {
        host: new URL(ORIGIN).host,
        origin: ORIGIN,
        cookie: cookies(),
        'user-agent': 'Tester',
        'x-forwarded-for': ipAddress,
      };
      const request = new Request(`${ORIGIN}/accounts/`, { method, headers });
      const answer = await during(() => answerOf(request, kind, () => call(request)));
      for (const [name, value] of answer.cookies) {
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    }

    return {
      cookies,
      /** Send a form to an action. */
      send(action: Action, fields: Fields, how: Sender = 'with scripts') {
        const form = formOf(fields);
        return ask('action', 'POST', () =>
          how === 'with scripts' ? action(emptyFormState, form) : action(form),
        );
      },
      /** Open an address that a route handler answers. */
      open(handler: Handler<never>, params: Record<string, string> = {}, method = 'GET') {
        const context = { params: Promise.resolve(params as never) };
        return ask('handler', method, (request) => handler(request, context));
      },
      /** Look at a page; what it says, as text. */
      async look(page: Page<never>, params: Record<string, string> = {}) {
        const props = {
          params: Promise.resolve(params as never),
          searchParams: Promise.resolve({}),
        };
        const answer = await ask('page', 'GET', () => page(props));
        return { ...answer, text: textOf(answer.value as ReactNode) };
      },
    };
  };
}

/** What of an answer somebody could tell one case from another by. */
export function outside({ status, location, value, headers, cookies }: Answer) {
  const state = value as FormState | undefined;
  return {
    status,
    location,
    state: state && { errors: state.formErrors, fields: state.fieldErrors },
    headers: [...headers].filter(([name]) => name !== 'set-cookie'),
    cookies: [...cookies].map(([name, text]) => [name, text.length]),
  };
}

/** The errors of a form that was refused. */
export function errorsOf({ value }: Answer): string[] {
  const { formErrors, fieldErrors } = value as FormState;
  return [...formErrors, ...Object.values(fieldErrors).flat()];
}

/** The segment behind an address in a mail: its token. */
export function tokenIn({ text }: ReceivedMail, address: string): string {
  return new RegExp(`${address}([\\w-]+)/`).exec(text)?.[1] ?? '';
}

/** The code in a mail. */
export function codeIn({ text }: ReceivedMail): string {
  return /\b[A-Z]{4}-[A-Z]{4}\b/.exec(text)?.[0] ?? '';
}

// Elements as the page makes them: what stands in them, and in the texts that they are given.
function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join(' ');
  if (!isValidElement<Record<string, unknown>>(node)) return '';
  const names = Object.keys(node.props).filter((name) => !/^(class|key|action)/.test(name));
  return names.map((name) => textOf(node.props[name] as ReactNode)).join(' ');
}

/** What the next page tells somebody last, as an action has left it. */
export function toldBy({ cookies }: Answer): string {
  const [, cookie = ''] = [...cookies].find(([name]) => /messages/.test(name)) ?? [];
  const waiting: [id: string, level: string, text: string][] = JSON.parse(
    Buffer.from(cookie.split('.')[0] ?? '', 'base64url').toString() || '[]',
  );
  return waiting.at(-1)?.[2] ?? '';
}
