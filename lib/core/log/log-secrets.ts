import { env } from '@/lib/conf/env';

const SECRET_NAME =
  /pass(word|wd|phrase)|secret|token|cookie|authorization|signature|credential|api_?key/i;

const LOOK_AGAIN_MS = 5000;

let known: readonly string[] = [];
let lookedAt = Number.NEGATIVE_INFINITY;

/**
 * Whether a field is named like a secret.
 * Django: views/debug.py SafeExceptionReporterFilter.hidden_settings
 */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * A text with every secret of the environment replaced by asterisks: what errors of drivers and of
 * Node quote. `secrets` are looked up every few seconds unless told.
 * Django: views/debug.py SafeExceptionReporterFilter.cleanse_setting
 */
export function hideSecrets(text: string, secrets: readonly string[] = currentSecrets()): string {
  let safe = text;
  for (const secret of secrets) {
    if (safe.includes(secret)) safe = safe.replaceAll(secret, '********');
  }
  return safe;
}

function currentSecrets(): readonly string[] {
  const now = Date.now();
  if (Math.abs(now - lookedAt) > LOOK_AGAIN_MS) {
    known = env.secretValues();
    lookedAt = now;
  }
  return known;
}
