import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import type { ProviderAdapter } from './adapter';

/** How a configured provider is spoken to. The packages are loaded when somebody comes by one. */
export async function adapterOf(setting: ProviderSetting): Promise<ProviderAdapter> {
  if (setting.preset === 'github') return (await import('./github')).github(setting);
  return (await import('./openid-connect')).openIdConnect(setting);
}
