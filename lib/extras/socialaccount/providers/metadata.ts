import {
  allowInsecureRequests,
  ClientSecretBasic,
  type Configuration,
  Configuration as Configured,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';
import { settings } from '@/lib/conf/settings';
import { sha256Hex } from '@/lib/core/crypto';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { appleClientSecret } from './apple-secret';
import { clientSecretOf, isLoopback, issuerOf } from './configured';

/** Milliseconds that metadata are believed; keys are had anew when one is unknown. */
const BELIEVED = 3_600_000;

type Known = { readonly until: number; readonly configuration: Promise<Configuration> };

const known = new Map<string, Known>();

/**
 * What a provider says of itself, asked for when somebody first comes by it, and again after an hour, or
 * at once where it did not answer. It must name itself as the settings name it.
 * OWASP ASVS 5.0 10.5.3; OpenID Connect Discovery 1.0
 */
export function configurationOf(
  setting: ProviderSetting,
  now = Date.now(),
): Promise<Configuration> {
  const secret = clientSecretOf(setting);
  const key = sha256Hex(JSON.stringify([issuerOf(setting), setting.clientId, secret]));
  const found = known.get(key);
  if (found && now < found.until) return found.configuration;
  const configuration = discover(setting, secret);
  known.set(key, { until: now + BELIEVED, configuration });
  configuration.catch(() => known.delete(key));
  return configuration;
}

async function discover(setting: ProviderSetting, secret: string): Promise<Configuration> {
  const { clientId, preset } = setting;
  const issuer = issuerOf(setting);
  const shared = preset === 'apple' ? await appleClientSecret(setting, secret) : secret;
  const timeout = settings.SOCIALACCOUNT_REQUESTS_TIMEOUT;
  const execute = [
    enableNonRepudiationChecks,
    ...(isLoopback(issuer) ? [allowInsecureRequests] : []),
  ];
  const found = await discovery(new URL(issuer), clientId, shared || undefined, undefined, {
    execute,
    timeout,
  });
  const metadata = found.serverMetadata();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  if (shared === '' || methods.includes('client_secret_post')) return found;
  const basic = new Configured(metadata, clientId, shared, ClientSecretBasic(shared));
  basic.timeout = timeout;
  for (const each of execute) each(basic);
  return basic;
}
