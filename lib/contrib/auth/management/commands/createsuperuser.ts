import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import {
  createSuperuser,
  isTaken,
  nameTaken,
} from '@/lib/contrib/auth/management/create-superuser';
import { getDefaultUsername } from '@/lib/contrib/auth/management/default-username';
import { validatePassword } from '@/lib/contrib/auth/password-validation';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';
import {
  findUserModel,
  formName,
  getUserModel,
  type UserModel,
  verboseName,
} from '@/lib/contrib/auth/users/user-model';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';
import { env } from '@/lib/conf/env';
import { ValidationError } from '@/lib/core/exceptions';
import {
  type Command,
  CommandError,
  type CommandIo,
  parseCommandArgs,
} from '@/lib/core/management/base';

type Given = Readonly<Record<string, string | undefined>>;
type Answers = { values: Record<string, unknown>; password: string | null };

/**
 * Create a user of AUTH_USER_MODEL who may do everything: its name, its REQUIRED_FIELDS, a password.
 * Asks for what the options leave open; with `--noinput` it takes the rest from
 * DJANGO_SUPERUSER_<FIELD> and _PASSWORD, and without a password there the user gets an unusable
 * one. A password that is typed and that the validators refuse is taken after a further yes; one
 * from the environment is not judged. Does nothing where there is nobody to ask.
 * Django: contrib/auth/management/commands/createsuperuser.py
 */
export const command: Command = {
  name: 'createsuperuser',
  get usage() {
    const fields = fieldsOf(findUserModel());
    return [...fields.map((field) => `[--${formName(field)} …]`), '[--noinput]'].join(' ');
  },
  help: 'Creates a user who may do everything.',
  async run(args, io) {
    const model = getUserModel();
    const { isSilent, given } = readArguments(model, args);
    if (!isSilent && !io.isTty) {
      io.out('Creating a superuser was skipped: there is no terminal to ask at. Use --noinput.');
      return 0;
    }
    const answers = isSilent
      ? await readEnvironment(model, given)
      : await interview(model, given, io);
    const target = await createSuperuser(model, answers.values, answers.password).catch(refuse);
    const detail = { isSuperuser: true, command: 'createsuperuser' };
    await logSecurityEvent({ name: 'user_created', target, detail });
    io.out('Superuser created.');
    return 0;
  },
};

function fieldsOf(model: UserModel | null): string[] {
  return model ? [model.USERNAME_FIELD, ...model.REQUIRED_FIELDS] : [];
}

function readArguments(model: UserModel, args: string[]) {
  const fields = fieldsOf(model);
  const texts = fields.map((field) => [formName(field), { type: 'string' as const }]);
  const flags = { noinput: { type: 'boolean' }, 'no-input': { type: 'boolean' } } as const;
  const { values } = parseCommandArgs({
    args,
    options: { ...Object.fromEntries(texts), ...flags },
  });
  const options: Record<string, unknown> = values;
  const given = fields.map((field) => [field, options[formName(field)]]);
  return {
    isSilent: Boolean(options['noinput'] || options['no-input']),
    given: Object.fromEntries(given) as Given,
  };
}

async function readEnvironment(model: UserModel, given: Given): Promise<Answers> {
  const values: Record<string, unknown> = {};
  for (const field of fieldsOf(model)) {
    const typed = given[field] ?? env.superuserField(formName(field));
    if (typed === undefined) throw new CommandError(`--noinput needs --${formName(field)}.`);
    values[field] = await clean(model, field, typed).catch(refuse);
  }
  return { values, password: env.DJANGO_SUPERUSER_PASSWORD || null };
}

async function interview(model: UserModel, given: Given, io: CommandIo): Promise<Answers> {
  const { USERNAME_FIELD, REQUIRED_FIELDS } = model;
  if (given[USERNAME_FIELD] === '') {
    throw new CommandError(`The ${verboseName(model, USERNAME_FIELD)} must not be blank.`);
  }
  const proposed = given[USERNAME_FIELD] === undefined ? await getDefaultUsername() : '';
  const values: Record<string, unknown> = {};
  values[USERNAME_FIELD] = await ask(model, USERNAME_FIELD, { given, proposed, io });
  for (const field of REQUIRED_FIELDS) {
    values[field] = await ask(model, field, { given, proposed: '', io });
  }
  return { values, password: await askPassword(subjectOf(values), io) };
}

async function ask(
  model: UserModel,
  field: string,
  { given, proposed, io }: { given: Given; proposed: string; io: CommandIo },
): Promise<unknown> {
  const name = verboseName(model, field);
  const label = name.charAt(0).toUpperCase() + name.slice(1);
  const question = proposed === '' ? label : `${label} (leave blank to use '${proposed}')`;
  for (let typed = given[field]; ; typed = undefined) {
    typed ??= (await io.prompt(`${question}: `)) || proposed;
    try {
      return await clean(model, field, typed);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      io.err(`Error: ${error.message}`);
    }
  }
}

/** The value of an answer. Throws ValidationError, also for a name that somebody has. */
async function clean(model: UserModel, field: string, typed: string): Promise<unknown> {
  const value = model.clean(field, typed);
  if (field === model.USERNAME_FIELD && (await isTaken(model, String(value)))) {
    throw nameTaken(model);
  }
  return value;
}

function subjectOf(values: Record<string, unknown>): PasswordSubject {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => typeof value === 'string'),
  );
}

async function askPassword(user: PasswordSubject, io: CommandIo): Promise<string> {
  for (;;) {
    const password = await io.prompt('Password: ', { hidden: true });
    const again = await io.prompt('Password (again): ', { hidden: true });
    if (password !== again) io.err('Error: The two passwords differ.');
    else if (password.trim() === '') io.err('Error: The password must not be blank.');
    else if (await isAccepted(password, user, io)) return password;
  }
}

async function isAccepted(
  password: string,
  user: PasswordSubject,
  io: CommandIo,
): Promise<boolean> {
  const errors = await validatePassword(password, user);
  if (errors.length === 0) return true;
  for (const error of errors) io.err(error);
  const answer = await io.prompt('Use this password all the same and create the user? [y/N]: ');
  return answer.toLowerCase() === 'y';
}

function refuse(error: unknown): never {
  if (error instanceof ValidationError) throw new CommandError(error.message);
  throw error;
}
