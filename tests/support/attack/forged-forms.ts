import { formsIn, mainOf, type PageForm } from '../admin-script/page-forms';
import { filled, type Typed } from '../admin-script/plain-browser';
import { multipart } from '../e2e/html-forms';
import { type Attack, send } from './attacks';
import { fetchAction } from './fetch-action';

/**
 * A form of a page, as it stands there for who may send it, and what is typed into it. `mark` is one
 * of its fields, where the page has several forms; `next` a field of the form that answers it, which
 * is the one that is meant.
 */
export type Forged = { path: string; mark?: string; typed: Typed; next?: string };

type Fields = [name: string, value: string][];

const PASSWORDS = { password1: 'Forged-Forged-1', password2: 'Forged-Forged-1' };

/**
 * What a superuser's forms about these rows would do, and nobody else's shall. One's own password has
 * no form there, so that is about another. Deletions come last.
 */
export function adminForms(id: number, another: number): Forged[] {
  const [user, group] = [`/admin/auth/user/${id}/`, `/admin/auth/group/${id}/`];
  const ticked = { _selected_action: [String(id)] };
  const raised = { first_name: 'forged', is_superuser: true, is_staff: true };
  return [
    { path: `${user}change/`, mark: 'first_name', typed: raised },
    { path: `/admin/auth/user/${another}/password/`, mark: 'password1', typed: PASSWORDS },
    {
      path: '/admin/auth/user/add/',
      mark: 'password1',
      typed: { username: 'forged', ...PASSWORDS },
    },
    { path: `${group}change/`, mark: 'permissions', typed: { permissions: ['1', '2'] } },
    { path: '/admin/auth/group/add/', mark: 'permissions', typed: { name: 'forged' } },
    { path: `/admin/articles/article/${id}/change/`, mark: 'title', typed: { title: 'forged' } },
    { path: '/admin/auth/user/', mark: '_query', typed: { ...ticked, action: 'deactivate' } },
    {
      path: `/admin/auth/matrix/?group=${id}`,
      mark: 'permissions',
      typed: { permissions: ['3'] },
      next: '_save',
    },
    {
      path: '/admin/auth/user/',
      mark: '_query',
      typed: { ...ticked, action: 'delete_selected', post: 'yes' },
    },
    { path: `${user}delete/`, mark: 'post', typed: {} },
    { path: `${group}delete/`, mark: 'post', typed: {} },
  ];
}

/**
 * The fields of such a form, as the page gives them to who has this cookie. `without` is kept out of
 * them: the initial state of a form travels along, and what is sent comes back.
 */
export async function fieldsOf(
  origin: string,
  { path, mark, typed, next }: Forged,
  { cookie, without }: { cookie: string; without: string },
): Promise<Fields> {
  const ask = { what: '', path, headers: {} };
  let page = await send(origin, { ...ask, method: 'GET' }, cookie);
  let fields = filled(formWith(page.body, mark), typed);
  if (next) {
    const { headers, body } = multipart(fields);
    const post = { ...ask, method: 'POST', headers: { ...headers, origin }, body };
    page = await send(origin, post, cookie);
    fields = filled(formWith(page.body, next), {}, next);
  }
  return fields.map(([name, value]) => [name, value.replaceAll(without, 'x')]);
}

function formWith(html: string, mark: string | undefined): PageForm {
  const form = formsIn(mainOf(html)).find(
    ({ method, controls }) =>
      method === 'post' && (mark === undefined || controls.some(({ name }) => name === mark)),
  );
  const isAction = form?.controls.some(({ name }) => name.startsWith('$ACTION'));
  if (!form || !isAction) throw new Error(`There is no form with ${mark} to forge.`);
  return form;
}

/** Those fields sent as a form and by script, at the page's own address and at others. */
export function forgeries(what: string, path: string, fields: Fields, others: string[]): Attack[] {
  return [path, ...others].flatMap((target) => {
    const where = target === path ? '' : " at another page's address";
    const post = { method: 'POST', path: target };
    return [
      { ...post, what: `${what}${where}`, ...multipart(fields) },
      { ...post, what: `${what} by script${where}`, ...fetchAction(fields) },
    ];
  });
}
