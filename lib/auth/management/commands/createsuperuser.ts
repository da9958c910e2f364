import { normalizeUsername } from '@/lib/auth/base-user';
import { getDefaultUsername } from '@/lib/auth/management/default-username';
import { users } from '@/lib/auth/managers';
import { type PasswordSubject, validatePassword } from '@/lib/auth/password-validation';
import { validateEmail, validateUsername } from '@/lib/auth/validators';
import { env } from '@/lib/conf/env';
import { ValidationError } from '@/lib/core/exceptions';
import {
  type Command,
  CommandError,
  type CommandIo,
  parseCommandArgs,
} from '@/lib/core/management/base';

type Given = { username?: string | undefined; email?: string | undefined };
type Answers = { username: string; email: string; password: string | null };

/**
 * Create a user who may do everything. Asks for what the options leave open; with `--noinput` it
 * takes the rest from DJANGO_SUPERUSER_USERNAME, _EMAIL and _PASSWORD, and without a password there
 * the user gets an unusable one. A password that is typed and that the validators refuse is taken
 * after a further yes; one from the environment is not judged. Does nothing where there is nobody to
 * ask.
 * Django: contrib/auth/management/commands/createsuperuser.py
 */
export const command: Command = {
  name: 'createsuperuser',
  usage: '[--username NAME] [--email ADDRESS] [--noinput]',
  help: 'Creates a user who may do everything.',
  async run(args, io) {
    const { values } = parseCommandArgs({
      args,
      options: {
        username: { type: 'string' },
        email: { type: 'string' },
        noinput: { type: 'boolean' },
        'no-input': { type: 'boolean' },
      },
    });
    const isSilent = values.noinput || values['no-input'];
    if (!isSilent && !io.isTty) {
      io.out('Creating a superuser was skipped: there is no terminal to ask at. Use --noinput.');
      return 0;
    }
    const answers = isSilent ? await readEnvironment(values) : await interview(values, io);
    await createOrRefuse(answers);
    io.out('Superuser created.');
    return 0;
  },
};

async function readEnvironment(given: Given): Promise<Answers> {
  const username = given.username ?? env.DJANGO_SUPERUSER_USERNAME;
  if (username === undefined) throw new CommandError('--noinput needs --username.');
  const email = given.email ?? env.DJANGO_SUPERUSER_EMAIL;
  if (email === undefined) throw new CommandError('--noinput needs --email, which may be empty.');
  const problem = (await usernameProblem(username)) ?? emailProblem(email);
  if (problem) throw new CommandError(problem);
  return { username, email, password: env.DJANGO_SUPERUSER_PASSWORD || null };
}

async function interview(given: Given, io: CommandIo): Promise<Answers> {
  if (given.username === '') throw new CommandError('The username must not be blank.');
  const username = await askUsername(given.username, io);
  const email = await askEmail(given.email, io);
  return { username, email, password: await askPassword({ username, email }, io) };
}

async function askUsername(given: string | undefined, io: CommandIo): Promise<string> {
  const proposed = given === undefined ? await getDefaultUsername() : '';
  const label = proposed === '' ? 'Username: ' : `Username (leave blank to use '${proposed}'): `;
  for (let username = given; ; username = undefined) {
    username ??= (await io.prompt(label)) || proposed;
    const problem = await usernameProblem(username);
    if (!problem) return username;
    io.err(`Error: ${problem}`);
  }
}

async function askEmail(given: string | undefined, io: CommandIo): Promise<string> {
  for (let email = given; ; email = undefined) {
    email ??= await io.prompt('Email address: ');
    const problem = emailProblem(email);
    if (!problem) return email;
    io.err(`Error: ${problem}`);
  }
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

async function usernameProblem(typed: string): Promise<string | null> {
  const username = normalizeUsername(typed);
  const problem = problemOf(validateUsername, username);
  if (problem) return problem;
  return (await users.getByNaturalKey(username)) ? 'That username is already taken.' : null;
}

function emailProblem(email: string): string | null {
  return email === '' ? null : problemOf(validateEmail, email);
}

function problemOf(validate: (text: string) => void, text: string): string | null {
  try {
    validate(text);
    return null;
  } catch (error) {
    if (error instanceof ValidationError) return error.message;
    throw error;
  }
}

async function createOrRefuse(answers: Answers): Promise<void> {
  try {
    await users.createSuperuser(answers);
  } catch (error) {
    if (error instanceof ValidationError) throw new CommandError(error.message);
    throw error;
  }
}
