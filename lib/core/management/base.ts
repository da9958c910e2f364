import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Where a command reads and writes; tests pass their own. */
export type CommandIo = {
  /** One line for whoever asked for the command's result. */
  out(line: string): void;
  /** One line about what went wrong. */
  err(line: string): void;
  /** Ask a person; `hidden` for a password. Rejects with CommandError on Ctrl-C and Ctrl-D. */
  prompt(label: string, options?: { hidden?: boolean }): Promise<string>;
  /** Whether there is a person to ask. */
  isTty: boolean;
};

/**
 * A command of `manage`. `help` is one sentence, `usage` the arguments after the name. `run`
 * resolves to the exit status; a CommandError becomes one line on stderr and its status.
 * Django: core/management/base.py BaseCommand
 */
export type Command = {
  name: string;
  help: string;
  usage?: string;
  run(args: string[], io: CommandIo): Promise<number>;
};

/**
 * A command cannot do what it was asked to; `message` is shown to the person.
 * Django: core/management/base.py CommandError
 */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly status: number;

  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

/**
 * Read a command's arguments as node:util parseArgs does. Throws CommandError with status 2 for an
 * unknown option, a missing value and an argument too many.
 * Django: core/management/base.py CommandParser
 */
export function parseCommandArgs<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error), 2);
  }
}
