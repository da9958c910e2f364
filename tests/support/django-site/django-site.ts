import { spawnSync } from 'node:child_process';
import path from 'node:path';

export type SiteKind = 'stock' | 'abstract' | 'email' | 'every-field';

/** A real Django site in a folder, with a user model of this kind; see `site.py`. */
export class DjangoSite {
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;

  constructor(
    private readonly python: string,
    folder: string,
    {
      kind,
      autoField,
      url,
      secret,
    }: { kind: SiteKind; autoField: string; url: string; secret: string },
  ) {
    this.#args = [path.join(import.meta.dirname, 'site.py'), folder, kind, autoField];
    this.#env = {
      ...process.env,
      DATABASE_URL: url,
      SECRET_KEY: secret,
      PYTHONDONTWRITEBYTECODE: '1',
    };
  }

  /** Call one of the functions of `site.py` with named arguments. Throws with its traceback. */
  ask<Answer>(name: string, named: Record<string, unknown> = {}): Answer {
    const { status, stdout, stderr } = spawnSync(
      this.python,
      [...this.#args, name, JSON.stringify(named)],
      { env: this.#env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null') as Answer;
  }
}
