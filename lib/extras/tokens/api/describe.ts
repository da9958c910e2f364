import { z } from 'zod';
import { brought } from '@/lib/apps/registry';
import { settings } from '@/lib/conf/settings';
import { plainSessionCookieName } from '@/lib/core/cookies';
import type { Operation } from '@/lib/http/api/operation';
import { PROBLEM } from './problem-schema';

type Json = { readonly [name: string]: unknown };

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'What was sent is malformed or breaks a rule.',
  401: 'Nobody is signed in, or the token is not good.',
  403: 'The permission is missing, or the token may not be used from here.',
  404: 'There is no such thing, or not for whoever asks.',
  413: 'More was sent than is read.',
  415: 'What was sent is no JSON by its type.',
  429: 'Too many requests; Retry-After says when to come back.',
};

/**
 * The addresses for programs of the installed apps, in OpenAPI 3.1: made of the very declarations that
 * the handlers read and answer by.
 */
export function describeApi(operations: readonly Operation[] = brought('operations')): Json & {
  openapi: string;
} {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: `${settings.SITE_NAME} API`, version: '1' },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'gth_…' },
        session: { type: 'apiKey', in: 'cookie', name: plainSessionCookieName() },
      },
    },
  };
}

function describe(operation: Operation): Json {
  const { id, summary, permission, isOnObject = false, params, query, body } = operation;
  return {
    operationId: id,
    summary,
    ...(permission && { 'x-permission': permission, 'x-permission-on-object': isOnObject }),
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } },
    }),
    responses: { ...success(operation), ...refusals(operation) },
  };
}

function success({ status, answer }: Operation): Json {
  const description = { 200: 'Done.', 201: 'Made.', 204: 'Done; there is nothing to say.' }[status];
  const content = answer && {
    'application/json': { schema: schemaOf(answer, 'output') },
  };
  return { [status]: { description, ...(content && { content }) } };
}

function refusals({ params, body }: Operation): Json {
  const statuses = [400, 401, 403, ...(params ? [404] : []), ...(body ? [413, 415] : []), 429];
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  };
  return Object.fromEntries(
    statuses.map((status) => [status, { description: REFUSALS[status], content }]),
  );
}

function parameters(shape: z.ZodObject | null, place: 'path' | 'query'): Json[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schemaOf(shape);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input') {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return described;
}
