import { format } from 'node:util';
import { getLogger, isJson, type LogLevel } from '@/lib/core/logging';
import { reportError } from './error-report';

const logger = getLogger('console');

const LEVELS = {
  log: 'info',
  info: 'info',
  debug: 'info',
  warn: 'warning',
  error: 'error',
} as const satisfies Record<string, LogLevel>;

/**
 * Lead what Next.js, packages and pages print by `console`, and Node.js's warnings, into the log, so that a collector finds
 * nothing but lines of JSON; an error among it is reported as one. Only where lines are JSON. Returns
 * what puts the console back.
 * Python: logging.captureWarnings
 */
export function captureConsole(): () => void {
  if (!isJson()) return () => {};
  const former = { ...console };
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...args: unknown[]) => {
      const error = args.find((arg) => arg instanceof Error);
      if (error) reportError(error);
      else logger[level](plain(format(...args)));
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

// Colours are for terminals.
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that colours begin with.
  return text.replace(/\u001b\[[\d;]*m/g, '').trim();
}
