/** What a line may say besides its words: no secret, no password, no token. */
type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Writes lines to the output of the process, for whoever runs it. */
export type Logger = Readonly<
  Record<'info' | 'warning' | 'error', (message: string, fields?: LogFields) => void>
>;

/**
 * The logger of a part of the site, an app by its label: each call is one line, the name first, then
 * the words, then the fields as JSON, in which no value can begin a line of its own. Information goes
 * to standard output, warnings and errors to standard error. What somebody has to answer for later
 * belongs into the security log instead, which is kept in the database too.
 * Python: logging.getLogger(__name__)
 */
export function getLogger(name: string): Logger {
  const line = (message: string, fields?: LogFields) =>
    [`[${name}]`, oneLine(message), ...(fields ? [JSON.stringify(fields)] : [])].join(' ');
  return {
    info: (message, fields) => console.info(line(message, fields)),
    warning: (message, fields) => console.warn(line(message, fields)),
    error: (message, fields) => console.error(line(message, fields)),
  };
}

function oneLine(message: string): string {
  return message.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
