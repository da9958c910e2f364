import { CommandError } from '@/lib/core/management/base';
import { capfirst } from '@/lib/core/text';

/** Every form of the names of a new app and its model, by the words that the templates use. */
export type AppNames = Readonly<Record<string, string>> & {
  /** The label: `invoices`. */
  readonly app: string;
  /** The Prisma model: `Invoice`. */
  readonly Model: string;
  /** The model in files' names: `invoice`, `purchase-order`. */
  readonly file: string;
};

const MOST_LETTERS = 30;

/** Addresses and folders that the framework has, or that beyond it are promised to somebody. */
const RESERVED_APPS = [
  ...['accounts', 'admin', 'api', 'app', 'dashboard', 'docs', 'healthz', 'hijack', 'invitation'],
  ...['livez', 'metrics', 'readyz'],
  ...['media', 'public', 'site', 'static', 'test', 'tests'],
];

/** What Prisma or TypeScript calls something else, in lower case. */
const RESERVED_MODELS = [
  ...['bigint', 'boolean', 'bytes', 'date', 'datetime', 'decimal', 'enum', 'error', 'float', 'int'],
  ...['json', 'model', 'object', 'prisma', 'prismaclient', 'promise', 'string', 'unsupported'],
];

/**
 * The names of a new app called `app`, with one model, `model`: the label in the singular unless told.
 * Throws CommandError with a sentence for a label that is not one word in lower-case letters and digits, a
 * model that is not in PascalCase, and names that the framework, Prisma or the language has.
 * Django: core/management/templates.py TemplateCommand.validate_name
 */
export function appNames(app: string, model: string = capfirst(singular(app))): AppNames {
  if (!/^[a-z][a-z0-9]*$/.test(app) || app.length > MOST_LETTERS) {
    throw new CommandError(
      `"${app}" cannot be an app: give it one word of at most ${MOST_LETTERS} lower-case letters and digits, such as invoices.`,
    );
  }
  if (RESERVED_APPS.includes(app)) {
    throw new CommandError(`"${app}" is a name of the framework: choose another.`);
  }
  if (!/^[A-Z][A-Za-z0-9]*$/.test(model) || model.length > MOST_LETTERS) {
    throw new CommandError(
      `"${model}" cannot be a model: give it a name in PascalCase of at most ${MOST_LETTERS} letters and digits, such as Invoice.`,
    );
  }
  if (RESERVED_MODELS.includes(model.toLowerCase())) {
    throw new CommandError(`"${model}" means something else already: choose another model.`);
  }
  const words = model.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  const isPluralOdd = singular(app) === words && app !== words && app !== `${words}s`;
  return {
    app,
    App: capfirst(app),
    APP: app.toUpperCase(),
    'App words': capfirst(app),
    model: model.charAt(0).toLowerCase() + model.slice(1),
    Model: model,
    key: model.toLowerCase(),
    words,
    Words: capfirst(words),
    file: words.replaceAll(' ', '-'),
    table: `${app}_${model.toLowerCase()}`,
    plural: isPluralOdd ? `\n      verboseNamePlural: '${app}',` : '',
  };
}

function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y');
  if (/(?:x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return /[^suoi]s$/.test(word) ? word.slice(0, -1) : word;
}
