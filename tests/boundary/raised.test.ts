import { isValidElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { PermissionDenied as PermissionDeniedPage } from '@/components/pages/permission-denied';
import {
  Http404,
  PermissionDenied,
  SuspiciousOperation,
  TooManyRequests,
} from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';
import { loginNotRequired, loginRequired, permissionRequired } from './guards';
import { makePerson } from './people';
import { KINDS, type Kind, probe, SHOWN } from './probe';

let cookie = '';

beforeAll(async () => {
  const tearDown = await freshDatabase();
  ({ cookie } = await makePerson('ada'));
  return tearDown;
});

/** What a view raises, with what it is answered, and what the page or the text then says. */
const RAISED: [what: string, raise: () => Error, status: number, says: RegExp][] = [
  ['Http404', () => new Http404(), 404, /not found/i],
  ['PermissionDenied', () => new PermissionDenied('Not yours.'), 403, /denied|not yours/i],
  ['SuspiciousOperation', () => new SuspiciousOperation('odd'), 400, /bad request|makes no sense/i],
  ['TooManyRequests', () => new TooManyRequests(7, 'Slowly.'), 429, /too many|slowly/i],
  ['a fault of ours', () => new TypeError('secret detail'), 500, /reference/i],
];

const cases = RAISED.flatMap(([what, raise, status, says]) =>
  KINDS.map((kind) => ({ what, raise, status, says, kind })),
);

describe('what a view raises', () => {
  it.each(cases)('$what is answered by the $kind with $status', async (each) => {
    const { raise, status, says, kind } = each;
    const behind = probe(loginRequired, () => {
      throw raise();
    });
    if (status === 500) console.error = () => undefined;
    const answer = await behind.ask(kind, { cookie });
    expect(answer).toMatchObject({ ran: true, status, location: null });
    const text = await textOf(kind, answer.value);
    if (kind === 'page' || kind === 'handler') expect(text).toMatch(says);
    else expect(answer.value).toBe(kind === 'form' ? SHOWN : undefined);
    expect(text).not.toContain('secret detail');
    if (status === 429) expect(headerOf(answer, 'retry-after')).toBe('7');
  });

  it('by an action is answered by the page behind it, which does not run', async () => {
    const notes = { raised: new Http404() };
    expect(await probe(loginRequired).ask('page', { cookie, notes })).toMatchObject({
      ran: false,
      status: 404,
    });
  });

  it.each([404, 405, 413] as const)(
    '%i by the front door is the answer, whatever is asked for',
    async (refused) => {
      for (const kind of ['page', 'handler'] as const) {
        const answer = await probe(loginNotRequired).ask(kind, { notes: { refused } });
        expect(answer).toMatchObject({ ran: false, status: refused });
      }
    },
  );
});

describe('the security log', () => {
  it('has who was refused what, and no token of the address', async () => {
    const token = 'c2f8-0123456789abcdef0123456789abcdef';
    const path = `/accounts/reset/MQ/${token}/?token=${token}`;
    for (const kind of KINDS) {
      await probe(permissionRequired('auth.view_group')).ask(kind, { cookie, path });
    }
    const entries = await db.securityLogEntry.findMany({ where: { event: 'authz_fail' } });
    const paths = entries
      .map(({ detail }): { path: string; perms: string[] } => JSON.parse(detail))
      .filter(({ perms }) => perms.includes('auth.view_group'));
    expect(paths.map((each) => each.path)).toEqual(KINDS.map(() => '/accounts/reset/MQ/…/'));
    expect(JSON.stringify(entries)).not.toContain(token);
  });
});

describe('a page', () => {
  it.each(['PUT', 'PATCH', 'DELETE'])('answers %s with 405 and does not run', async (method) => {
    const answer = await probe(loginRequired).ask('page', { cookie, method });
    expect(answer).toMatchObject({ ran: false, status: 405 });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });
});

async function textOf(kind: Kind, value: unknown): Promise<string> {
  if (value instanceof Response) return value.text();
  if (kind !== 'page' || !isValidElement<{ message?: string }>(value)) return '';
  // The page of a 403 has the site's header around it, which needs the router of Next.js.
  const isRefusal = value.type === PermissionDeniedPage;
  return isRefusal ? String(value.props.message) : renderToStaticMarkup(value);
}

function headerOf({ value, headers }: { value: unknown; headers: Headers }, name: string) {
  return (value instanceof Response ? value.headers : headers).get(name);
}
