import type { ReactNode } from 'react';
import type { FormState } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

/** The dynamic segments of a page's address. */
export type Params = Record<string, string>;

/** The same of a handler, which may stand for all addresses below one: `[...path]`. */
export type HandlerParams = Record<string, string | string[]>;

/** The query of a page's address; a name that is given several times has a list. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** A page before it is guarded: gets the request and its address, already awaited. */
export type PageView<U extends HttpRequest['user'], P extends Params> = (page: {
  request: HttpRequest<U>;
  params: P;
  searchParams: SearchParams;
}) => Promise<ReactNode>;

/**
 * A server action before it is guarded. It answers with the form to be shown again, each time that it
 * does not lead elsewhere, or never with anything.
 */
export type ActionView<U extends HttpRequest['user']> = (
  request: HttpRequest<U>,
  form: FormData,
) => Promise<FormState> | Promise<void>;

/** A route handler before it is guarded. */
export type HandlerView<U extends HttpRequest['user'], P extends HandlerParams> = (
  request: HttpRequest<U>,
  call: { request: Request; params: P },
) => Promise<Response>;

/** A page as Next.js calls it. */
export type Page<P extends Params> = (props: {
  params: Promise<P>;
  searchParams: Promise<SearchParams>;
}) => Promise<ReactNode>;

/** A server action as Next.js calls it: of a plain form, or of one that `useActionState` holds. */
export type Action = {
  (form: FormData): Promise<undefined>;
  (state: FormState, form: FormData): Promise<FormState>;
};

/** A route handler as Next.js calls it. */
export type Handler<P extends HandlerParams> = (
  request: Request,
  context: { params: Promise<P> },
) => Promise<Response>;
