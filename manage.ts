import { installedConfigs } from '@/lib/apps/registry';
import { formatCheckMessage } from '@/lib/core/checks/registry';
import { type Command, CommandError } from '@/lib/core/management/base';
import { endWhenNobodyReads, terminal } from '@/lib/core/management/terminal';
import { loadDotEnv } from './scripts/dot-env.mjs';

type Commands = Readonly<Record<string, () => Promise<{ command: Command }>>>;

// Loaded one by one: each needs nothing but itself. The apps bring theirs by their configs.
const ownCommands: Commands = {
  // Those that write the tree need what only a developer installs: no build takes them in.
  adopt: () => import('@/lib/contrib/auth/management/commands/adopt'),
  backup: () => import('@/lib/core/management/commands/backup'),
  check: () => import('@/lib/core/management/commands/check'),
  inspectdb: () => import('@/lib/core/management/commands/inspectdb'),
  makemigrations: () => import('@/lib/core/management/commands/makemigrations'),
  migrate: () => import('@/lib/core/management/commands/migrate'),
  removeapp: () => import('@/lib/core/management/commands/removeapp'),
  restore: () => import('@/lib/core/management/commands/restore'),
  rotatecolumns: () => import('@/lib/core/management/commands/rotatecolumns'),
  seed: () => import('@/prisma/seed'),
  startapp: () => import('@/lib/core/management/commands/startapp'),
};

async function findCommands(): Promise<Commands> {
  await import('@/lib/site/app-configs');
  const brought = installedConfigs().map((config) => config.commands);
  const all: Commands = Object.assign({}, ...brought, ownCommands);
  return Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function main([name = 'help', ...args]: string[]): Promise<number> {
  const commands = await findCommands();
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) return help(name, commands);
  const { command } = await load();
  if (args.includes('--help') || args.includes('-h')) {
    terminal.out(`usage: manage ${usage(command)}\n${command.help}`);
    return 0;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof CommandError && error.status === 2) {
      terminal.err(`usage: manage ${usage(command)}`);
    }
    terminal.err(await explain(error));
    return error instanceof CommandError ? error.status : 1;
  } finally {
    const { closeDb } = await import('@/lib/db/client');
    await closeDb();
  }
}

async function help(name: string, commands: Commands): Promise<number> {
  const isAsked = ['help', '--help', '-h'].includes(name);
  if (!isAsked) terminal.err(`Unknown command: ${name}.`);
  for (const load of Object.values(commands)) {
    const { command } = await load();
    terminal[isAsked ? 'out' : 'err'](`  ${usage(command)}\n      ${command.help}`);
  }
  return isAsked ? 0 : 2;
}

function usage(command: Command): string {
  return [command.name, command.usage].filter(Boolean).join(' ');
}

// What a person can act on is one line, and so is a database that is missing or behind; anything
// else is a fault of ours and keeps its stack.
async function explain(error: unknown): Promise<string> {
  if (!(error instanceof Error)) return String(error);
  const isExpected = ['CommandError', 'ImproperlyConfigured', 'MigrationError'].includes(
    error.name,
  );
  if (isExpected) return `Error: ${error.message}`;
  const { checkDatabase, writeRefusal } = await import('@/lib/db/checks');
  const refusal = writeRefusal();
  if (refusal) return formatCheckMessage(refusal);
  const [finding] = await checkDatabase();
  return finding ? formatCheckMessage(finding) : (error.stack ?? error.message);
}

endWhenNobodyReads();
try {
  loadDotEnv();
} catch (error) {
  terminal.err(`Error: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
process.exitCode = await main(process.argv.slice(2));
