import { env } from '@/lib/conf/env';
import { settings } from '@/lib/conf/settings';
import { Http404 } from '@/lib/core/exceptions';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import { PRESETS } from './presets';

/** The provider of an id from an address; null for none that is configured. */
export function findProvider(id: string): ProviderSetting | null {
  return settings.SOCIALACCOUNT_PROVIDERS.find((each) => each.id === id) ?? null;
}

/** The same. Throws Http404 for none. */
export function providerOr404(id: string): ProviderSetting {
  const found = findProvider(id);
  if (!found) throw new Http404();
  return found;
}

/** What people read of a provider: its name, and of one that is configured no more its id. */
export function providerName(provider: ProviderSetting | string): string {
  const setting = typeof provider === 'string' ? findProvider(provider) : provider;
  if (!setting) return String(provider);
  return setting.name ?? presetOf(setting)?.name ?? setting.id;
}

/** What is fixed of a provider by its preset; null without one. */
export function presetOf({ preset }: ProviderSetting) {
  return preset === undefined ? null : PRESETS[preset];
}

/** Whom its metadata must name as themselves. */
export function issuerOf(setting: ProviderSetting): string {
  return setting.issuer ?? presetOf(setting)?.issuer ?? '';
}

/** The secret that it knows this site by, from the settings or the environment; blank for none. */
export function clientSecretOf(setting: ProviderSetting): string {
  return setting.clientSecret ?? env.clientSecretOf(setting.id);
}

/** Whether a host is this machine itself, to which nothing leaves it on the way. */
export function isLoopback(address: string): boolean {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
