import { type RawAnswer, sendRaw } from '../attack/raw-form';
import { multipart } from './html-forms';

/** The fields of a form, in order; a name may come several times. */
export type Fields = [name: string, value: string][];

/** Somebody without a browser: asks for pages and posts their forms, with one cookie. */
export class Visitor {
  readonly #origin: string;
  #cookie: string;

  constructor(origin: string, cookie: string) {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  get(path: string): Promise<RawAnswer> {
    return sendRaw(`${this.#origin}${path}`, { headers: { cookie: this.#cookie } });
  }

  /** Post fields as the form's own encoding has them. */
  post(path: string, fields: Fields): Promise<RawAnswer> {
    const { headers, body } = multipart(fields);
    const sent = { ...headers, cookie: this.#cookie, origin: this.#origin };
    return sendRaw(`${this.#origin}${path}`, { method: 'POST', headers: sent, body });
  }

  /**
   * The same by somebody who reads who gains and who loses what, and means it: what they are asked to
   * read is sent on, with what it asks to be typed.
   */
  async postRead(path: string, fields: Fields): Promise<RawAnswer> {
    const answer = await this.post(path, fields);
    const review = formIn(answer.body, '_reviewed');
    if (review === null) return answer;
    // Who has shown who they are goes on under another key.
    this.#cookie = cookiesOf(answer) || this.#cookie;
    const count = /Type ([\d,]+) to go on/.exec(answer.body)?.[1] ?? '';
    return this.post(path, withFields(fieldsOf(review), { _count: count }));
  }

  /** What a browser would send of the form in the page's main part that has the field `mark`. */
  async form(path: string, mark: string): Promise<Fields> {
    const { status, body } = await this.get(path);
    const form = formIn(body, mark);
    if (form === null) throw new Error(`${path} (${status}) has no form with ${mark}.`);
    return fieldsOf(form);
  }
}

/** The cookies that an answer sets, as they are sent back. */
export function cookiesOf({ headers }: RawAnswer): string {
  return headers['set-cookie']?.map((each) => each.split(';')[0]).join('; ') ?? '';
}

/** The fields with some set anew: every field of that name goes, and these values come instead. */
export function withFields(fields: Fields, changed: Record<string, string | string[]>): Fields {
  const kept = fields.filter(([name]) => !Object.hasOwn(changed, name));
  const added = Object.entries(changed).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as [string, string]),
  );
  return [...kept, ...added];
}

function formIn(body: string, mark: string): string | null {
  const forms = [...body.matchAll(/<form[^>]*>(.*?)<\/form>/gs)].map(([, inner = '']) => inner);
  return forms.find((inner) => inner.includes(`name="${mark}"`)) ?? null;
}

function fieldsOf(form: string): Fields {
  const pattern = /<input\b[^>]*>|<textarea\b[^>]*>[^<]*|<select\b[^>]*>.*?<\/select>/gs;
  return [...form.matchAll(pattern)].flatMap(([tag]): Fields => {
    const name = attribute(tag, 'name');
    if (name === null) return [];
    if (tag.startsWith('<select')) return chosenOf(tag).map((value) => [name, value]);
    if (tag.startsWith('<textarea')) return [[name, decode(tag.replace(/^[^>]*>/, ''))]];
    const isTicked = !/type="(checkbox|radio)"/.test(tag) || / checked/.test(tag);
    return isTicked ? [[name, attribute(tag, 'value') ?? '']] : [];
  });
}

function chosenOf(select: string): string[] {
  const options = [...select.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag);
  const chosen = options.filter((tag) => / selected/.test(tag));
  const isMultiple = /^<select[^>]* multiple/.test(select);
  const sent = chosen.length > 0 || isMultiple ? chosen : options.slice(0, 1);
  return sent.map((tag) => attribute(tag, 'value') ?? '');
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : decode(value);
}

function decode(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
