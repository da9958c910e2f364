import type { z } from 'zod';
import { Http404 } from '@/lib/core/exceptions';
import type { HandlerView, Params } from '@/lib/http/entry-points/views';
import { InvalidInput, UnsupportedMediaType } from '@/lib/http/problems/invalid-input';
import type { HttpRequest } from '@/lib/http/request';
import type { Operation } from './operation';

type User = Extract<HttpRequest['user'], { readonly isAuthenticated: true }>;

type Read<S> = S extends z.ZodType ? z.output<S> : null;
type Written<S> = S extends z.ZodType ? z.input<S> : null;

/** An operation before it is guarded: gets what its declaration has read. */
type OperationView<O extends Operation> = (call: {
  request: HttpRequest<User>;
  params: Read<O['params']>;
  query: Read<O['query']>;
  body: Read<O['body']>;
}) => Promise<Written<O['answer']>>;

/**
 * The handler of an operation, to be guarded: reads address, query and JSON as declared, and answers
 * with what `view` gives, by the declared status. Raises Http404 for an address that names nothing,
 * InvalidInput (400) with the errors of each field, UnsupportedMediaType (415) for a body that is no
 * JSON by its type.
 * Django REST framework: generics.GenericAPIView
 * @example
 * const { loginRequired } = guardsOf('shop');
 * const who = defineOperation({ id: 'who', method: 'GET', path: '/api/shop/who/', summary: 'Who asks',
 *   permission: null, params: null, query: null, body: null, status: 200,
 *   answer: z.object({ username: z.string() }) });
 * export const GET = loginRequired.handler(
 *   operate(who, async ({ request }) => ({ username: request.user.getUsername() })),
 * );
 */
export function operate<O extends Operation>(
  operation: O,
  view: OperationView<O>,
): HandlerView<User, Params> {
  return async (request, call) => {
    const { searchParams } = new URL(call.request.url);
    const read = {
      request,
      params: readParams(operation.params, call.params),
      query: judged(operation.query, Object.fromEntries(searchParams)),
      body: operation.body && judged(operation.body, await readJson(call.request)),
    };
    const answer = await view(read as Parameters<OperationView<O>>[0]);
    const { status } = operation;
    const headers = { 'cache-control': 'no-store' };
    if (operation.answer === null) return new Response(null, { status, headers });
    return Response.json(operation.answer.parse(answer), { status, headers });
  };
}

function readParams(schema: z.ZodObject | null, params: Params): unknown {
  const parsed = schema?.safeParse(params);
  if (parsed?.success === false) throw new Http404();
  return parsed?.data ?? null;
}

function judged(schema: z.ZodObject | null, value: unknown): unknown {
  const parsed = schema?.safeParse(value);
  if (!parsed) return null;
  if (parsed.success) return parsed.data;
  const errors: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = typeof path[0] === 'string' ? path[0] : '';
    errors[field] = [...(errors[field] ?? []), message];
  }
  throw new InvalidInput(errors);
}

async function readJson(request: Request): Promise<unknown> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw new UnsupportedMediaType();
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput({ '': ['This is no JSON.'] });
  }
}
