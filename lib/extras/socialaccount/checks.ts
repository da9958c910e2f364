import { z } from 'zod';
import { env } from '@/lib/conf/env';
import { environmentSetting, settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import type { ProviderSetting } from './apps';
import { clientSecretOf, isLoopback, issuerOf } from './providers/configured';
import { isSharedTenant } from './providers/presets';

const NAME = 'SOCIALACCOUNT_PROVIDERS';

const provider = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  name: z.string().min(1).optional(),
  preset: z.enum(['google', 'github', 'microsoft', 'apple']).optional(),
  issuer: z.url().optional(),
  clientId: z.string().min(1),
  clientSecret: z.string().optional(),
  teamId: z.string().optional(),
  keyId: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  authorizationOrigin: z.url().optional(),
  trustEmail: z.boolean().optional(),
  signup: z
    .union([z.enum(['closed', 'open']), z.strictObject({ domains: z.array(z.string()) })])
    .optional(),
  groups: z
    .strictObject({ claim: z.string().min(1), map: z.record(z.string(), z.string()) })
    .optional(),
  logout: z.enum(['local', 'provider']).optional(),
  acrValues: z.string().optional(),
  maxAge: z.number().int().min(0).optional(),
  trustAmr: z.boolean().optional(),
});

/**
 * Providers that cannot work, or would let in whom they should not: what is no provider, two of one id, an
 * issuer that is not asked by https, an address believed that anybody may write.
 */
export function checkProviders(): CheckMessage[] {
  if (env.settingOfApp(NAME) !== '' && environmentSetting(NAME) === undefined) {
    const message = `${NAME} in the environment is no JSON.`;
    return [checkError('socialaccount.E001', message, 'Give a list of providers as JSON.')];
  }
  const parsed = z.array(provider).safeParse(settings.SOCIALACCOUNT_PROVIDERS);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    const message = `${NAME}${where === '' ? '' : `, at ${where}`}: ${issue?.message ?? 'wrong'}.`;
    return [checkError('socialaccount.E001', message, 'docs/apps/socialaccount.md has each key.')];
  }
  const found = settings.SOCIALACCOUNT_PROVIDERS.flatMap(checkProvider);
  return [...found, ...checkIds(), ...checkTimeout()];
}

function checkProvider(setting: ProviderSetting): CheckMessage[] {
  const { id, preset, trustEmail, signup, teamId, keyId } = setting;
  const found: CheckMessage[] = [];
  const issuer = issuerOf(setting);
  const error = (code: string, message: string, hint: string) =>
    found.push(checkError(`socialaccount.${code}`, `The provider ${id} ${message}`, hint));
  if (issuer === '') {
    error('E002', 'has no issuer.', 'Give the one that its metadata name, or a preset.');
  } else if (!issuer.startsWith('https:') && !isLoopback(issuer)) {
    error('E003', 'is not asked by https.', 'Give an issuer that begins with https://.');
  }
  if (clientSecretOf(setting) === '' && preset !== undefined) {
    const variable = `SOCIALACCOUNT_${id.toUpperCase().replaceAll('-', '_')}_CLIENT_SECRET`;
    error('E004', 'has no client secret.', `Set ${variable} in the environment.`);
  }
  if (preset === 'apple' && (!teamId || !keyId)) {
    error('E004', 'has no teamId or keyId.', 'Apple names both where it gives the key.');
  }
  if (trustEmail && isSharedTenant(issuer)) {
    error(
      'E005',
      'is trusted with addresses that anybody who runs a tenant writes.',
      'Name your own tenant in the issuer, or leave trustEmail out.',
    );
  }
  if (typeof signup === 'object' && !trustEmail) {
    error(
      'E006',
      'opens registration to domains of addresses that it is not trusted with.',
      'Set trustEmail, if it verifies them.',
    );
  }
  return found;
}

function checkIds(): CheckMessage[] {
  const ids = settings.SOCIALACCOUNT_PROVIDERS.map(({ id }) => id);
  const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
  return twice.map((id) =>
    checkError('socialaccount.E007', `Two providers have the id ${id}.`, 'Give each its own.'),
  );
}

function checkTimeout(): CheckMessage[] {
  const seconds = settings.SOCIALACCOUNT_REQUESTS_TIMEOUT;
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 60) return [];
  const message = 'SOCIALACCOUNT_REQUESTS_TIMEOUT is no number of seconds from 1 to 60.';
  return [checkError('socialaccount.E008', message, 'Set it to 5, its default.')];
}

/** What keeps a provider's answer out: Apple posts it from its own origin. */
export function checkProviderAnswers(): CheckMessage[] {
  const apple = settings.SOCIALACCOUNT_PROVIDERS.filter(({ preset }) => preset === 'apple');
  return apple.flatMap((setting) => {
    const { origin } = new URL(issuerOf(setting));
    if (settings.CSRF_TRUSTED_ORIGINS.includes(origin)) return [];
    const message = `${origin} answers by a form that is sent here, and is not trusted to.`;
    return [checkWarning('socialaccount.W009', message, `Add it to CSRF_TRUSTED_ORIGINS.`)];
  });
}
