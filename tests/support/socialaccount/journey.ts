import { loginAction } from '@/app/(auth)/accounts/login/actions';
import { GET as callback } from '@/app/(socialaccount)/accounts/oidc/[id]/login/callback/route';
import { POST as begin } from '@/app/(socialaccount)/accounts/oidc/[id]/login/route';
import { overrideSettings, type settings } from '@/lib/conf/settings';
import { emptyFormState } from '@/lib/forms/forms';
import type { Action } from '@/lib/http/entry-points/views';
import { type Answer, answerOf } from '@/tests/support/plain-source';
import type { TestProvider } from './provider';

export const ORIGIN = 'http://localhost:3000';

type Changed = Partial<typeof settings>;

/** A browser that follows its way to a provider and back, and keeps the cookies of both. */
export class Traveller {
  readonly jar = new Map<string, string>();
  readonly #there = new Map<string, string>();
  readonly #settings: Changed;

  constructor(changed: Changed, cookie = '') {
    this.#settings = changed;
    for (const pair of cookie.split('; ').filter(Boolean)) {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      this.jar.set(name, value);
    }
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Ask something of ours. */
  async ask(
    kind: 'page' | 'action' | 'handler',
    request: {
      path?: string;
      method?: string;
      form?: Record<string, string>;
      headers?: HeadersInit;
    },
    call: (request: Request) => Promise<unknown>,
  ): Promise<Answer> {
    const { path = '/accounts/', method = 'GET', form, headers } = request;
    const sent = new Headers({
      host: new URL(ORIGIN).host,
      origin: ORIGIN,
      cookie: this.cookie,
      'user-agent': 'Tester',
      'x-forwarded-for': '192.0.2.1',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    });
    for (const [name, value] of new Headers(headers)) {
      if (value === '') sent.delete(name);
      else sent.set(name, value);
    }
    const asked = new Request(ORIGIN + path, {
      method,
      headers: sent,
      ...(form && { body: String(new URLSearchParams(form)) }),
    });
    const answer = await overrideSettings(this.#settings, () =>
      answerOf(asked, kind, () => call(asked)),
    );
    for (const [name, value] of answer.cookies) {
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }

  /** Press the button of a provider: where that leads. */
  async begin(
    id: string,
    form: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const path = `/accounts/oidc/${id}/login/`;
    const params = Promise.resolve({ id });
    const sent = { path, method: 'POST', form: { next: '', ...form }, headers };
    return this.ask('handler', sent, (request) => begin(request, { params }));
  }

  /** Send a form to an action. */
  act(action: Action, fields: Record<string, string>): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return this.ask('action', { method: 'POST' }, () => action(emptyFormState, form));
  }

  /** Sign in with name and password. */
  password(username: string, password: string): Promise<Answer> {
    return this.act(loginAction, { username, password, next: '' });
  }

  /** Sign in there as `sub`, where the beginning led: the address of ours that it sends the browser to. */
  async there(address: string, provider: TestProvider, sub: string): Promise<string> {
    provider.at.sub = sub;
    for (let at = new URL(address), hops = 0; hops < 10; hops += 1) {
      if (at.origin !== provider.issuer) return at.href;
      const cookie = [...this.#there].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') this.#there.delete(name);
        else this.#there.set(name, value);
      }
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`${answer.status}: ${await answer.text()}`);
      at = new URL(location, at);
    }
    throw new Error('The provider leads in circles.');
  }

  /** Forget who one is there. */
  leave(): void {
    this.#there.clear();
  }

  /** Open the address that a provider leads to. */
  async back(address: string, id?: string): Promise<Answer> {
    const { pathname, search } = new URL(address);
    const params = Promise.resolve({ id: id ?? pathname.split('/')[3] ?? '' });
    return this.ask('handler', { path: pathname + search }, (request) =>
      callback(request, { params }),
    );
  }

  /** All of it: where one is in the end. */
  async signIn(provider: TestProvider, sub: string, id = 'acme', form = {}): Promise<Answer> {
    this.leave();
    const { location } = await this.begin(id, form);
    return this.back(await this.there(location ?? '', provider, sub));
  }
}
