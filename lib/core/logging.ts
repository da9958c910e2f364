import { env } from '@/lib/conf/env';
import { settings } from '@/lib/conf/settings';
import { hideSecrets, isSecretName } from './log/log-secrets';

/** What a line may say besides its words: no secret, no password, no token. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type LogLevel = 'info' | 'warning' | 'error';

/** Writes lines to the output of the process, for whoever runs it. */
export type Logger = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

const GRAVITY: Readonly<Record<LogLevel, number>> = { info: 20, warning: 30, error: 40 };
const KEY = Symbol.for('gatehouse.core.log-context');

// The bundler makes several copies of this module; what a line belongs to is told by one.
const shared: typeof globalThis & { [KEY]?: () => LogFields } = globalThis;

/** Have every line say what it belongs to, such as its request; asked at each line. */
export function provideLogContext(provide: () => LogFields): void {
  shared[KEY] = provide;
}

/** The request that is being answered, and who asks, as every line names them; empty beside one. */
export function logContext(): LogFields {
  return shared[KEY]?.() ?? {};
}

/**
 * The logger of a part of the site, an app by its label: each call is one line, in which no value can
 * begin a line of its own. In production that is JSON: `time`, `level`, `logger`, `message`, then the
 * `request_id` and `user_id` of the request that is being answered, then the fields; else the name, the
 * words and the fields, for eyes. Information goes to standard output, warnings and errors to standard
 * error. The values of secrets of the environment, and fields named like one, are replaced by
 * asterisks. `LOG_LEVEL` and `LOG_FORMAT` change what is written and how. What somebody has to answer
 * for later belongs into the security log instead, which is kept in the database too.
 * Python: logging.getLogger(__name__); Django: django.views.debug.SafeExceptionReporterFilter
 */
export function getLogger(name: string): Logger {
  const write = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (GRAVITY[level] < (GRAVITY[settings.LOG_LEVEL] ?? 0)) return;
    if (isJson()) writeJson(level, jsonLine({ level, name, message, fields }));
    else print(level, textLine(name, message, fields));
  };
  return { info: write('info'), warning: write('warning'), error: write('error') };
}

/** Whether lines are JSON: in production, unless LOG_FORMAT says otherwise. */
export function isJson(): boolean {
  return settings.LOG_FORMAT === null
    ? env.NODE_ENV === 'production'
    : settings.LOG_FORMAT === 'json';
}

type Entry = { level: LogLevel; name: string; message: string; fields?: LogFields | undefined };

function jsonLine({ level, name, message, fields = {} }: Entry): string {
  const head = {
    time: new Date().toISOString(),
    level,
    logger: name,
    message: hideSecrets(message),
    ...logContext(),
  };
  // What every line has no field takes the place of.
  return JSON.stringify({ ...head, ...safe(fields), ...head });
}

function textLine(name: string, message: string, fields?: LogFields): string {
  const said = oneLine(hideSecrets(message));
  return [`[${name}]`, said, ...(fields ? [JSON.stringify(safe(fields))] : [])].join(' ');
}

function safe(fields: LogFields): LogFields {
  const entries = Object.entries(fields).map(([name, value]) => {
    if (isSecretName(name) && value !== null) return [name, '********'];
    return [name, typeof value === 'string' ? hideSecrets(value) : value];
  });
  return Object.fromEntries(entries);
}

// Past the console, which may itself lead here.
function writeJson(level: LogLevel, line: string): void {
  const stream = level === 'info' ? process.stdout : process.stderr;
  stream.write(`${line}\n`);
}

function print(level: LogLevel, line: string): void {
  if (level === 'info') console.info(line);
  else if (level === 'warning') console.warn(line);
  else console.error(line);
}

function oneLine(message: string): string {
  return message.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
