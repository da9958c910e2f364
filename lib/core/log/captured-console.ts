import { format } from 'node:util';
import { getLogger, isJson, type LogFields, type LogLevel } from '@/lib/core/logging';
import { headOf, reportError } from './error-report';

const logger = getLogger('console');

const HANDED_ON_MS = 100;

const LEVELS = {
  log: 'info',
  info: 'info',
  debug: 'info',
  warn: 'warning',
  error: 'error',
} as const satisfies Record<string, LogLevel>;

/**
 * Lead what Next.js, packages and pages print by `console`, and Node.js's warnings, into the log, so that a
 * collector finds nothing but lines of JSON; an error among it is reported as one, with what `about` says of
 * it, and the words beside it are a line with its reference. Only where lines are JSON. Returns what puts
 * the console back.
 * Python: logging.captureWarnings
 */
export function captureConsole(about: (error: Error) => LogFields = () => ({})): () => void {
  if (!isJson()) return () => {};
  const former = { ...console };
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...args: unknown[]) => {
      const errors = args.filter((arg) => arg instanceof Error);
      const [only] = errors;
      if (only && args.every((arg) => arg === only || !hasWords(arg))) tellOf(only, about);
      else {
        const references = errors.map((error) => reportError(error, about(error)));
        const words = args.map((arg) => (arg instanceof Error ? headOf(arg) : arg));
        const reference = references.join(' ');
        logger[level](plain(format(...words)), { ...(reference !== '' && { reference }) });
      }
    });
  }
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  const warn = ({ name, message }: Error) => logger.warning(`${name}: ${message}`);
  process.on('warning', warn);
  return () => {
    Object.assign(console, former);
    process.off('warning', warn);
    for (const listen of listeners) process.on('warning', listen);
  };
}

// Next.js prints an error to which it has given a digest, and hands it to `onRequestError` next, which
// knows of its route. What hands it on is loaded by the first one.
function tellOf(error: Error, about: (error: Error) => LogFields): void {
  if ('digest' in error) setTimeout(() => reportError(error, about(error)), HANDED_ON_MS);
  else reportError(error, about(error));
}

// Next.js puts a sign before what it prints.
function hasWords(arg: unknown): boolean {
  return typeof arg !== 'string' || /[\p{L}\p{N}]/u.test(plain(arg));
}

// Colours are for terminals.
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that colours begin with.
  return text.replace(/\u001b\[[\d;]*m/g, '').trim();
}
