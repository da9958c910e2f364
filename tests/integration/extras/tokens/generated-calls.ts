import fc from 'fast-check';
import { z } from 'zod';

type JsonSchema = { readonly [name: string]: unknown };

type Response = { content?: { [type: string]: { schema: JsonSchema } } };

type Parameter = { name: string; in: 'path' | 'query'; required: boolean; schema: JsonSchema };

/** As much of an OpenAPI description as requests are made of. */
export type Described = {
  paths: {
    [path: string]: {
      [method: string]: {
        parameters: Parameter[];
        requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
        responses: { [status: string]: Response };
        'x-permission'?: string;
      };
    };
  };
  components: { schemas: { [name: string]: JsonSchema } };
};

/** An operation as the description has it. */
export type DescribedOperation = {
  method: string;
  template: string;
  permission: string | null;
  parameters: Parameter[];
  body: JsonSchema | null;
  responses: { [status: string]: Response };
};

/** A request to an operation, of whoever these headers are. */
export type Call = DescribedOperation & {
  path: string;
  params: Record<string, string>;
  json: unknown;
  headers: Record<string, string>;
};

/** Every operation of a description, in its order. */
export function operationsIn({ paths }: Described): DescribedOperation[] {
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      template,
      permission: operation['x-permission'] ?? null,
      parameters: operation.parameters,
      body: operation.requestBody?.content['application/json'].schema ?? null,
      responses: operation.responses,
    })),
  );
}

/** Requests to any of the operations by any of these people, right ones and wrong ones. */
export function callsOf(
  described: Described,
  who: Readonly<Record<string, Record<string, string>>>,
): fc.Arbitrary<Call> {
  const people = Object.values(who);
  return fc.oneof(
    ...operationsIn(described).map((operation) =>
      fc
        .record({
          values: valuesOf(operation.parameters),
          json: operation.body ? bodyOf(operation.body) : fc.constant(undefined),
          // Whoever may do everything asks most often: else nothing but refusals would be answered.
          headers: fc.oneof(
            { arbitrary: fc.constant(who['all'] ?? {}), weight: people.length },
            { arbitrary: fc.constantFrom(...people), weight: people.length },
          ),
        })
        .map(({ values, json, headers }) => callTo(operation, { values, json, headers })),
    ),
  );
}

type Sent = { values: Record<string, string>; json: unknown; headers: Record<string, string> };

type Answered = { status: number; headers: Headers; body: unknown };

/** What is not as the description says of an answer; '' for nothing. */
export function faultOf(
  { components }: Described,
  call: Call,
  { status, headers, body }: Answered,
): string {
  const response = call.responses[String(status)];
  if (status >= 500 || !response) return `${call.method} ${call.path} answered ${status}`;
  const [type = '', ...others] = Object.keys(response.content ?? {});
  if (others.length > 0) return `${status} is of several types`;
  if (type === '') return body === '' ? '' : `${status} has a body`;
  if (headers.get('content-type') !== type) return `${status} is ${headers.get('content-type')}`;
  const schema = response.content?.[type]?.schema ?? {};
  const meant = '$ref' in schema ? components.schemas['Problem'] : schema;
  const parsed = z.fromJSONSchema(meant ?? {}).safeParse(body);
  return parsed.success ? '' : `${call.method} ${call.path} ${status}: ${parsed.error.message}`;
}

function callTo(operation: DescribedOperation, { values, json, headers }: Sent): Call {
  const params: Record<string, string> = {};
  const query = new URLSearchParams();
  let path = operation.template;
  for (const { name, in: place } of operation.parameters) {
    const value = values[name];
    if (value === undefined) continue;
    if (place === 'query') query.set(name, value);
    else {
      params[name] = value;
      path = path.replace(`{${name}}`, encodeURIComponent(value));
    }
  }
  const search = query.size > 0 ? `?${query}` : '';
  return { ...operation, path: `${path}${search}`, params, json, headers };
}

function valuesOf(parameters: readonly Parameter[]): fc.Arbitrary<Record<string, string>> {
  const each = parameters.map(({ name, schema, required }) => {
    const text = fc.oneof(
      { arbitrary: valueIn(schema).map(String), weight: 4 },
      { arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }).map(wellFormed), weight: 1 },
    );
    return [name, required ? text : fc.option(text, { nil: undefined })] as const;
  });
  return fc
    .record(Object.fromEntries(each))
    .map((values) =>
      Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        ),
      ),
    );
}

function bodyOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: valueIn(schema), weight: 4 },
    { arbitrary: fc.jsonValue(), weight: 1 },
    { arbitrary: fc.tuple(valueIn(schema), fc.jsonValue()).map(spoilt), weight: 1 },
  );
}

function spoilt([value, other]: [unknown, unknown]): unknown {
  return typeof value === 'object' && value !== null ? { ...value, title: other } : other;
}

/** Values that a schema allows, of the kinds that the description uses. */
function valueIn(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, properties, required, pattern, minimum, maximum, minLength, maxLength } = schema;
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum']);
  if (type === 'integer') {
    const [min, max] = [Number(minimum ?? -10), Number(maximum ?? 10)];
    return fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, min + 6) }));
  }
  if (type === 'string' && typeof pattern === 'string') {
    return fc.oneof(
      fc.integer({ min: 1, max: 8 }).map(String),
      fc.stringMatching(new RegExp(pattern)),
    );
  }
  if (type === 'string') {
    const range = {
      minLength: Number(minLength ?? 0),
      maxLength: Math.min(Number(maxLength ?? 40), 300),
    };
    return fc.oneof(fc.string(range), fc.string({ ...range, unit: 'grapheme' }));
  }
  if (type === 'object' && typeof properties === 'object' && properties !== null) {
    const shape = Object.entries(properties).map(([name, each]) => [name, valueIn(each)] as const);
    const requiredKeys = Array.isArray(required) ? required : [];
    return fc.record(Object.fromEntries(shape), { requiredKeys });
  }
  throw new Error(`The generator knows no such schema: ${JSON.stringify(schema)}`);
}

function wellFormed(text: string): string {
  return text.toWellFormed();
}
