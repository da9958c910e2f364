import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CommandIo } from '@/lib/core/management/base';

/**
 * Run a command of `manage` in a process of its own, which knows what was written into the tree since
 * this one began: models first, then the command. Its lines are ours. Resolves to its status.
 */
export async function runManage(
  args: readonly string[],
  io: Pick<CommandIo, 'out' | 'err'>,
): Promise<number> {
  const status = await runScript(['scripts/generate.ts'], io);
  return status === 0 ? runScript(['manage.ts', ...args], io) : status;
}

function runScript(args: readonly string[], io: Pick<CommandIo, 'out' | 'err'>): Promise<number> {
  const tsx = join(process.cwd(), 'node_modules/tsx/dist/cli.mjs');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tsx, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    createInterface({ input: child.stdout }).on('line', (line) => io.out(line));
    createInterface({ input: child.stderr }).on('line', (line) => io.err(line));
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
