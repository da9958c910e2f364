import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError, type CommandIo } from './base';

/** The terminal of this process as a command's input and output. */
export const terminal: CommandIo = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  prompt: ask,
  isTty: Boolean(process.stdin.isTTY),
};

/**
 * End quietly once whoever reads the output, `head` say, has gone: with 141, as a shell tells of SIGPIPE.
 * Python: signal.signal(SIGPIPE, SIG_DFL)
 */
export function endWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(141);
    });
  }
}

let piped: AsyncIterator<string> | undefined;

function ask(label: string, { hidden = false } = {}): Promise<string> {
  process.stdout.write(label);
  return process.stdin.isTTY ? typedLine(hidden) : pipedLine();
}

// One reader for all prompts: it reads ahead, and what it read must reach the next prompt.
async function pipedLine(): Promise<string> {
  piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const line = await piped.next();
  process.stdout.write('\n');
  if (line.done) throw new CommandError('Operation cancelled.');
  return line.value;
}

function typedLine(hidden: boolean): Promise<string> {
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: echo, terminal: true });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      if (hidden) process.stdout.write('\n');
      reject(new CommandError('Operation cancelled.'));
    });
  });
}
