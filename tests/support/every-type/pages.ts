import * as objectActions from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import ChangePage from '@/app/(admin)/admin/[app]/[model]/[id]/change/page';
import DeletePage from '@/app/(admin)/admin/[app]/[model]/[id]/delete/page';
import HistoryPage from '@/app/(admin)/admin/[app]/[model]/[id]/history/page';
import { POST as takeFile } from '@/app/(admin)/admin/[app]/[model]/action/route';
import * as listActions from '@/app/(admin)/admin/[app]/[model]/actions';
import AddPage from '@/app/(admin)/admin/[app]/[model]/add/page';
import ListPage from '@/app/(admin)/admin/[app]/[model]/page';
import { GET as complete } from '@/app/(admin)/admin/autocomplete/route';
import { GET as related } from '@/app/(admin)/admin/related/route';
import { GET as exported } from '@/app/(export)/admin/[app]/[model]/export/route';
import PreviewPage from '@/app/(import)/admin/[app]/[model]/import/[id]/page';
import * as importActions from '@/app/(import)/admin/[app]/[model]/import/actions';
import ImportPage from '@/app/(import)/admin/[app]/[model]/import/page';
import { allConfigs, populate } from '@/lib/apps/registry';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { emptyFormState, type FormState, isFormState } from '@/lib/forms/forms';
import { textsOf } from '@/tests/support/admin/page-texts';
import { type Answer, answerOf } from '@/tests/support/plain-source';

const ORIGIN = 'http://localhost:3000';

/** Show these screens at the addresses of the admin, until the function that comes back is called. */
export function serveScreens(admins: readonly ModelAdmin[]): () => void {
  const before = allConfigs();
  populate([...before, { label: 'shop', admins }]);
  return () => populate(before);
}

/** What came of a request: its status, where it leads, and every text that it tells. */
export type Shown = {
  status: number;
  location: string | null;
  texts: string[];
  /** What a form is shown again with, if it is. */
  state: FormState | null;
};

type Params = Record<string, string>;
type Page = (props: {
  params: Promise<never>;
  searchParams: Promise<Record<string, string | string[]>>;
}) => Promise<unknown>;
type Handler = (request: Request, call: { params: Promise<never> }) => Promise<unknown>;

const PAGES: readonly (readonly [RegExp, Page])[] = [
  [/^\/admin\/(?<app>[^/]+)\/(?<model>[^/]+)\/$/, ListPage],
  [/^\/admin\/(?<app>[^/]+)\/(?<model>[^/]+)\/add\/$/, AddPage],
  [/^\/admin\/(?<app>[^/]+)\/(?<model>[^/]+)\/import\/$/, ImportPage],
  [/^\/admin\/(?<app>[^/]+)\/(?<model>[^/]+)\/import\/(?<id>[^/]+)\/$/, PreviewPage],
  [/^\/admin\/(?<app>[^/]+)\/(?<model>[^/]+)\/(?<id>[^/]+)\/change\/$/, ChangePage],
  [/^\/admin\/(?<app>[^/]+)\/(?<model>[^/]+)\/(?<id>[^/]+)\/delete\/$/, DeletePage],
  [/^\/admin\/(?<app>[^/]+)\/(?<model>[^/]+)\/(?<id>[^/]+)\/history\/$/, HistoryPage],
];

const HANDLERS: readonly (readonly [RegExp, Handler])[] = [
  [/^\/admin\/autocomplete\/$/, complete],
  [/^\/admin\/related\/$/, related],
  [/^\/admin\/(?<app>[^/]+)\/(?<model>[^/]+)\/export\/$/, exported],
];

/** The actions of forms, by what they do. */
const ACTIONS = {
  save: objectActions.saveAction,
  saveRelated: objectActions.saveRelatedAction,
  delete: objectActions.deleteAction,
  list: listActions.listAction,
  editList: listActions.editListAction,
  preview: importActions.previewAction,
  confirm: importActions.confirmAction,
};

type ActionName = keyof typeof ACTIONS;

/** Ask for an address of the admin, as a browser with this cookie does. */
export async function get(cookie: string, address: string): Promise<Shown> {
  const { pathname, searchParams } = new URL(address, ORIGIN);
  const request = new Request(new URL(address, ORIGIN), { headers: headersOf(cookie) });
  const handled = routed(HANDLERS, pathname);
  if (handled) {
    const [handler, params] = handled;
    const call = { params: Promise.resolve(params as never) };
    return shown(await answerOf(request, 'handler', () => handler(request, call)));
  }
  const found = routed(PAGES, pathname);
  if (!found) throw new Error(`No page at ${address}.`);
  const [page, params] = found;
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length > 1 ? values : (values[0] ?? '');
  }
  const props = {
    params: Promise.resolve(params as never),
    searchParams: Promise.resolve(query),
  };
  return shown(await answerOf(request, 'page', () => page(props)));
}

/** Send a form to an action, as a page at `from` does; what the page then shows is told as well. */
export async function post(
  cookie: string,
  { action, form, from }: { action: ActionName; form: FormData; from: string },
): Promise<Shown> {
  const headers = { ...headersOf(cookie), origin: ORIGIN };
  const request = new Request(new URL(from, ORIGIN), { method: 'POST', headers });
  const call = () => ACTIONS[action](emptyFormState, form);
  return shown(await answerOf(request, 'action', call));
}

/** Ask for a file of ticked rows. */
export async function postForFile(cookie: string, model: string, form: FormData): Promise<Shown> {
  const headers = { ...headersOf(cookie), origin: ORIGIN };
  const address = new URL(`/admin/shop/${model}/action/`, ORIGIN);
  const request = new Request(address, { method: 'POST', headers, body: form });
  const params = Promise.resolve({ app: 'shop', model });
  return shown(await answerOf(request, 'handler', () => takeFile(request, { params })));
}

function headersOf(cookie: string) {
  return { host: new URL(ORIGIN).host, ...(cookie && { cookie }) };
}

function routed<T>(
  routes: readonly (readonly [RegExp, T])[],
  path: string,
): [T, Params] | undefined {
  for (const [pattern, to] of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    const params = Object.entries(match.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]);
    return [to, Object.fromEntries(params)];
  }
  return undefined;
}

async function shown({ status, location, value, notes }: Answer): Promise<Shown> {
  const texts =
    value instanceof Response
      ? [value.body === null ? '' : await value.text()]
      : [...textsOf(value), ...textsOf(notes)];
  const state = isFormState(value) ? value : null;
  return { status, location, texts, state };
}
