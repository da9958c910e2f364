import { type RawAnswer, sendRaw } from '@/tests/support/attack/raw-form';
import { multipart } from '@/tests/support/e2e/html-forms';
import { type Control, formsIn, type PageForm } from './page-forms';

/** A page as it came at last, and at which address. */
export type Page = { status: number; address: string; body: string };

/**
 * What is typed, ticked or chosen, by the names of fields: a text, or all values of a field that may
 * have several. A box is on or off; of buttons the one with the value is pressed.
 */
export type Typed = Record<string, string | boolean | readonly string[]>;

const MOST_REDIRECTS = 10;

/**
 * A browser without scripts: keeps cookies, follows redirects, and sends a form as it stands, hidden
 * fields included, in its own encoding.
 */
export class PlainBrowser {
  readonly #origin: string;
  readonly #cookies: Map<string, string>;
  /** Names that were typed and that the form did not have; they are sent all the same. */
  readonly missing: string[] = [];

  /** Two sites on one host, whatever their ports, share one jar of `cookies`. */
  constructor(origin: string, cookies = new Map<string, string>()) {
    this.#origin = origin;
    this.#cookies = cookies;
  }

  open(address: string): Promise<Page> {
    return this.#visit(address, { method: 'GET' });
  }

  /**
   * Fill a form of a page and send it by a button, the first if none is named. The form is that which
   * has a field or button called `mark`. Throws when there is none.
   */
  async submit(page: Page, mark: string, typed: Typed, button?: string): Promise<Page> {
    const form = formsIn(page.body).find((each) => each.controls.some(({ name }) => name === mark));
    if (!form) throw new Error(`${page.address} (${page.status}) has no form with "${mark}".`);
    return this.#readOn(await this.send(page, form, { ...typed, ...countIn(page, form) }, button));
  }

  async send(page: Page, form: PageForm, typed: Typed, button?: string): Promise<Page> {
    const fields = filled(form, typed, button);
    const names = new Set(form.controls.map(({ name }) => name));
    this.missing.push(...Object.keys(typed).filter((name) => !names.has(name)));
    const target = new URL(form.action, `${this.#origin}${page.address}`);
    if (form.method === 'get') {
      return this.open(`${target.pathname}?${new URLSearchParams(fields)}`);
    }
    const { headers, body } = encoded(form.enctype, fields);
    const from = { origin: this.#origin, referer: `${this.#origin}${page.address}` };
    const sent = { method: 'POST', headers: { ...headers, ...from }, body };
    return this.#visit(target.pathname + target.search, sent);
  }

  // A site may show who gains and who loses what before it saves: that is meant.
  async #readOn(page: Page): Promise<Page> {
    const isReview = ({ controls }: PageForm) =>
      controls.some(({ name }) => name === '_reviewed') &&
      controls.some(({ name }) => name === '_confirm');
    const review = formsIn(page.body).find(isReview);
    return review ? this.send(page, review, countIn(page, review), '_confirm') : page;
  }

  async #visit(address: string, sent: Parameters<typeof sendRaw>[1] & object): Promise<Page> {
    let [at, ask] = [address, sent];
    for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
      const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
      const headers = { ...ask.headers, ...(cookie && { cookie }) };
      const answer = await sendRaw(`${this.#origin}${at}`, { ...ask, headers });
      this.#keepCookies(answer);
      const { location } = answer.headers;
      if (!location || answer.status < 300 || answer.status > 399) {
        return { status: answer.status, address: at, body: answer.body };
      }
      const next = new URL(location, `${this.#origin}${at}`);
      at = next.pathname + next.search;
      if (answer.status !== 307 && answer.status !== 308) ask = { method: 'GET' };
    }
    throw new Error(`${address} leads from one address to the next.`);
  }

  #keepCookies({ headers }: RawAnswer): void {
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const expires = /;\s*expires=([^;]*)/i.exec(line)?.[1];
      const isGone = /;\s*max-age=0/i.test(line) || (expires && Date.parse(expires) < Date.now());
      if (isGone) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

type Fields = [name: string, value: string][];

/** What a browser sends of a form that is filled so, sent by this button or else by the first. */
export function filled(form: PageForm, typed: Typed, button?: string): Fields {
  const names = new Set(form.controls.map(({ name }) => name));
  const kept = form.controls.flatMap((control) => valuesOf(control, typed[control.name]));
  const further = Object.entries(typed).flatMap(([name, value]) =>
    names.has(name) ? [] : textsOf(value).map((text): Fields[number] => [name, text]),
  );
  return [...kept, ...further, ...pressed(form, typed, button)];
}

function valuesOf(control: Control, typed: Typed[string] | undefined): Fields {
  const { name } = control;
  if (name === '') return [];
  switch (control.kind) {
    case 'text':
      return typed === undefined
        ? [[name, control.value]]
        : textsOf(typed).map((text) => [name, text]);
    case 'box': {
      const isOn = typed === undefined ? control.isOn : isChosen(control.value, typed);
      return isOn ? [[name, control.value]] : [];
    }
    case 'select': {
      const chosen = control.options.filter(({ value, isChosen: isSet }) =>
        typed === undefined ? isSet : isChosen(value, typed),
      );
      return chosen.map(({ value }) => [name, value]);
    }
    default:
      return typeof typed === 'string' && control.value === typed ? [[name, typed]] : [];
  }
}

// A browser sends the first button of a form when nobody presses another.
function pressed({ controls }: PageForm, typed: Typed, button: string | undefined): Fields {
  const buttons = controls.filter(({ kind, name }) => kind === 'button' && !(name in typed));
  const isPressed = controls.some(({ kind, name }) => kind === 'button' && name in typed);
  if (isPressed) return [];
  const found = button === undefined ? buttons[0] : buttons.find(({ name }) => name === button);
  if (!found && button !== undefined) throw new Error(`There is no button "${button}".`);
  return found?.kind === 'button' && found.name !== '' ? [[found.name, found.value]] : [];
}

function isChosen(value: string, typed: Typed[string]): boolean {
  return typeof typed === 'boolean' ? typed : textsOf(typed).includes(value);
}

function textsOf(typed: Typed[string]): readonly string[] {
  if (typeof typed === 'boolean') return typed ? ['on'] : [];
  return typeof typed === 'string' ? [typed] : typed;
}

function encoded(enctype: string, fields: Fields) {
  if (enctype.toLowerCase() === 'multipart/form-data') return multipart(fields);
  const body = Buffer.from(new URLSearchParams(fields).toString());
  return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
}

// How many people lose something, where a site has that typed.
function countIn({ body }: Page, { controls }: PageForm): Typed {
  const isAsked = controls.some(({ name }) => name === '_count');
  return isAsked ? { _count: /Type ([\d,]+) to go on/.exec(body)?.[1] ?? '' } : {};
}
