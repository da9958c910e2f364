import { beforeAll, describe, expect, it } from 'vitest';
import { settings } from '@/lib/conf/settings';
import { emptyFormState } from '@/lib/forms/forms';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { loginNotRequired, loginRequired } from './guards';
import { makePerson } from './people';
import { ORIGIN, probe, requestOf, SHOWN, SIGN_IN } from './probe';

let cookie = '';

beforeAll(async () => {
  const tearDown = await freshDatabase();
  ({ cookie } = await makePerson('ada'));
  return tearDown;
});

const address = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };

/** What whoever calls an action by hand may send in the place of a form. */
const SENT: [what: string, args: unknown[]][] = [
  ['nothing', []],
  ['null', [null]],
  ['a text', ['x']],
  ['the address of a page', [address]],
  ['the address of a page, before something', [address, undefined]],
  ['a request', [new Request(ORIGIN)]],
  ['a request with its address', [new Request(ORIGIN), address]],
  ['a state without a form', [emptyFormState]],
  ['a state before something else', [emptyFormState, {}]],
  ['a form with what is no state', [{ values: {} }, new FormData()]],
  ['a form behind an address', [address, new FormData()]],
  ['two forms', [new FormData(), new FormData()]],
  ['more than a form', [SHOWN, new FormData(), new FormData()]],
];

describe('an action', () => {
  it.each(SENT)('takes %s for no page, no handler and no form: 400', async (_what, args) => {
    let ran = false;
    const action = loginNotRequired.action(async () => {
      ran = true;
    });
    const request = requestOf('action', { cookie });
    const answer = await answerOf(request, 'action', () => Reflect.apply(action, undefined, args));
    expect({ ran, status: answer.status }).toEqual({ ran: false, status: 400 });
    expect(answer.value).toBeUndefined();
  });

  it('gets the form, and gives back what the view shows', async () => {
    const form = new FormData();
    form.set('name', 'Ada');
    const action = loginRequired.action(async ({ user }, sent) => ({
      ...emptyFormState,
      formErrors: [`${user.username} sent ${sent.get('name')}`],
    }));
    const request = requestOf('form', { cookie });
    const { value } = await answerOf(request, 'action', () => action(SHOWN, form));
    expect(value).toEqual({ ...emptyFormState, formErrors: ['ada sent Ada'] });
  });

  it('keeps the state of the form when the view shows nothing', async () => {
    const action = loginRequired.action(async () => undefined);
    const request = requestOf('form', { cookie });
    const { value } = await answerOf(request, 'action', () => action(SHOWN, new FormData()));
    expect(value).toBe(SHOWN);
  });
});

describe('a form that is sent after the end of the session', () => {
  it('says on the sign-in page that nothing was saved, without scripts', async () => {
    const { cookies, location } = await probe(loginRequired).ask('form');
    expect(location).toBe(SIGN_IN);
    expect([...cookies.keys()]).toEqual([settings.MESSAGE_COOKIE_NAME]);
  });

  it('leaves that to the browser with scripts', async () => {
    const headers = { origin: ORIGIN, 'next-action': '7f00' };
    const { cookies, location } = await probe(loginRequired).ask('form', { headers });
    expect(location).toBe(SIGN_IN);
    expect(cookies.size).toBe(0);
  });
});

describe('a page and a handler', () => {
  it('get their address, awaited', async () => {
    const seen: unknown[] = [];
    const page = loginRequired.page<{ id: string }>(async ({ params, searchParams }) => {
      seen.push(params.id, searchParams);
      return null;
    });
    const handler = loginRequired.handler<{ id: string }>(async (_request, { params, request }) => {
      seen.push(params.id, request.url);
      return new Response();
    });
    const params = Promise.resolve({ id: '7' });
    const request = requestOf('page', { cookie });
    await answerOf(request, 'page', () =>
      page({ params, searchParams: Promise.resolve({ q: 'x' }) }),
    );
    await answerOf(request, 'handler', () => handler(request, { params }));
    expect(seen).toEqual(['7', { q: 'x' }, '7', request.url]);
  });
});
