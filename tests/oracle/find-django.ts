import { spawnSync } from 'node:child_process';

/** A Python that has Django and what it needs for PostgreSQL; `version` as in `[5, 2, 17]`. */
export type Python = { program: string; version: number[] };

/**
 * The Python of DJANGO_PYTHON, else the one of the usual ones that has the newest Django; null if
 * there is none.
 */
export function findDjango(): Python | null {
  return newest('django');
}

/** The same of those that have allauth too. */
export function findAllauth(): Python | null {
  return newest('django, allauth');
}

function newest(modules: string): Python | null {
  const named = process.env['DJANGO_PYTHON'];
  const programs = named ? [named] : ['python3', '/usr/bin/python3', 'python'];
  const found = programs.map((each) => djangoOf(each, modules)).filter((each) => each !== null);
  return found.sort((a, b) => compare(b.version, a.version))[0] ?? null;
}

/**
 * That one, and those of DJANGO_PYTHONS, a list with colons: one for each release, the oldest first. Empty
 * where there is none.
 */
export function findDjangos(): Python[] {
  const programs = (process.env['DJANGO_PYTHONS'] ?? '').split(':').filter(Boolean);
  const named = programs.map((program) => djangoOf(program, 'django'));
  const found = [findDjango(), ...named].filter((python) => python !== null);
  const releases = new Map(found.map((python) => [python.version.slice(0, 2).join('.'), python]));
  return [...releases.values()].sort((a, b) => compare(a.version, b.version));
}

const SCRIPT = `
try:
    import psycopg
except ImportError:
    import psycopg2
print(".".join(str(part) for part in django.VERSION[:3]))
`;

function djangoOf(program: string, modules: string): Python | null {
  const script = `import ${modules}${SCRIPT}`;
  const { status, stdout } = spawnSync(program, ['-c', script], { encoding: 'utf8' });
  if (status !== 0) return null;
  const version = stdout.trim().split('.').map(Number);
  return compare(version, [3, 2]) < 0 ? null : { program, version };
}

function compare(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0);
}
