import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { getLogger, type LogFields } from '@/lib/core/logging';
import { mappedStack } from './mapped-stack';

/** What subscribers of `gatehouse:error` receive, once for each error: for Sentry and its like. */
export type ErrorMessage = { error: unknown; reference: string; fields: LogFields };

const logger = getLogger('http.error');
const errors = channel('gatehouse:error');
const KEY = Symbol.for('gatehouse.core.reported');

// The bundler makes several copies of this module, and an error passes through more than one.
const shared: typeof globalThis & { [KEY]?: WeakMap<object, string> } = globalThis;
shared[KEY] ??= new WeakMap();
const reported = shared[KEY];

/**
 * Write an error into the log, once however many come by it, with its stack as the sources have it, and
 * tell Node's diagnostics channel `gatehouse:error` of it. Returns the reference under which it stands
 * there, which a page may show. Of a database's error no values of rows are written.
 * Django: utils/log.py AdminEmailHandler, django.request
 */
export function reportError(error: unknown, fields: LogFields = {}): string {
  const known = typeof error === 'object' && error !== null ? reported.get(error) : undefined;
  if (known) return known;
  const reference = randomUUID().slice(0, 8);
  if (typeof error === 'object' && error !== null) reported.set(error, reference);
  logger.error(`[${reference}] ${headOf(error)}`, {
    reference,
    ...fields,
    ...(error instanceof Error && { stack: mappedStack(framesOf(error)) }),
    ...causeOf(error),
  });
  if (errors.hasSubscribers) errors.publish({ error, reference, fields } satisfies ErrorMessage);
  return reference;
}

/**
 * What an error says, with its name and code, for a line. Prisma shows the whole call, with the values of the
 * row, before it says what is wrong; that is left out.
 */
export function headOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  const isOfPrisma = name.startsWith('PrismaClient');
  const said = isOfPrisma ? (message.trim().split('\n').at(-1) ?? '') : message;
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `${name}${code}: ${said}`;
}

function framesOf({ stack = '' }: Error): string {
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return lines.map((line) => line.trim()).join('\n');
}

function causeOf(error: unknown): LogFields {
  if (!(error instanceof Error) || !(error.cause instanceof Error)) return {};
  return { cause: headOf(error.cause) };
}
