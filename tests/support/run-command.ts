import { type Command, CommandError } from '@/lib/core/management/base';

/** Run a command as a person who types these answers, one per question. */
export async function run(command: Command, args: string[], answers: string[] | null = null) {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const left = [...(answers ?? [])];
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    isTty: answers !== null,
    async prompt(label: string, { hidden = false } = {}) {
      asked.push(hidden ? `${label}(hidden)` : label);
      const answer = left.shift();
      if (answer === undefined) throw new CommandError('Operation cancelled.');
      return answer;
    },
  };
  const status = await command.run(args, io).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    err.push(error.message);
    return error.status;
  });
  return { status, out, err, asked, left };
}
