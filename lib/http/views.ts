import type { ReactNode } from 'react';
import type { RequestUser } from '@/lib/contrib/auth/models';
import type { HttpRequest } from './request';

/** The dynamic segments of a page's address. */
export type Params = Record<string, string>;

/** The query of a page's address; a name that is given several times has a list. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** A page before it is guarded: gets the request and its address, already awaited. */
export type PageView<U extends RequestUser, P extends Params> = (page: {
  request: HttpRequest<U>;
  params: P;
  searchParams: SearchParams;
}) => Promise<ReactNode>;

/** A server action before it is guarded. */
export type ActionView<U extends RequestUser, R> = (
  request: HttpRequest<U>,
  form: FormData,
) => Promise<R>;

/** A route handler before it is guarded. */
export type HandlerView<U extends RequestUser, P extends Params> = (
  request: HttpRequest<U>,
  call: { request: Request; params: P },
) => Promise<Response>;

type Page = (props: {
  params: Promise<Params>;
  searchParams: Promise<SearchParams>;
}) => Promise<ReactNode>;

type Action<R> = (...sent: [form: FormData] | [state: R, form: FormData]) => Promise<R>;

type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/**
 * A decorator: takes a view, after arguments `A` of its own, and gives the entry point for Next.js.
 * `U` is who can get past it.
 */
export type Guard<U extends RequestUser, A extends unknown[] = []> = {
  <P extends Params>(...args: [...A, view: PageView<U, P>]): Page;
  <P extends Params>(...args: [...A, view: HandlerView<U, P>]): Handler;
  <R>(...args: [...A, view: ActionView<U, R>]): Action<R>;
};

/** How Next.js called an entry point. */
export type Call =
  | { kind: 'page'; params: Promise<Params>; searchParams: Promise<SearchParams> }
  | { kind: 'action'; form: FormData; state: unknown }
  | { kind: 'handler'; request: Request; params: Promise<Params> };

/**
 * Tell from its arguments how an entry point was called: a route handler gets a Request, an action
 * ends with a FormData, a page gets its address as promises. Null for anything else, which only a
 * forged action call sends. Whoever calls an action chooses its arguments, so with `isAction` they
 * are read as nothing else.
 */
export function readCall(args: readonly unknown[], isAction = false): Call | null {
  const [first, second] = args;
  const last = args.at(-1);
  if (last instanceof FormData) {
    return { kind: 'action', form: last, state: args.length > 1 ? first : undefined };
  }
  if (isAction) return null;
  if (first instanceof Request) {
    return { kind: 'handler', request: first, params: paramsOf(second) };
  }
  return isPageProps(first) ? { kind: 'page', ...first } : null;
}

/**
 * Whether an entry point is a server action: React marks what a file with 'use server' exports. It is
 * the only kind that anybody can call with arguments of their own.
 */
export function isServerAction(entry: object): boolean {
  return '$$typeof' in entry && entry.$$typeof === Symbol.for('react.server.reference');
}

type PageProps = { params: Promise<Params>; searchParams: Promise<SearchParams> };

function isPageProps(value: unknown): value is PageProps {
  return (
    typeof value === 'object' &&
    value !== null &&
    'params' in value &&
    value.params instanceof Promise &&
    'searchParams' in value &&
    value.searchParams instanceof Promise
  );
}

function paramsOf(context: unknown): Promise<Params> {
  const hasParams = typeof context === 'object' && context !== null && 'params' in context;
  return Promise.resolve(hasParams ? (context.params as Promise<Params>) : {});
}
