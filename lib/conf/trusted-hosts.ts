import { settings } from './settings';

/**
 * APP_ORIGIN and CSRF_TRUSTED_ORIGINS as Next.js wants them, hosts with `**.` for all subdomains, so
 * that its own check of actions refuses nothing that `csrfFailure` lets pass. For next.config.mjs.
 */
export function trustedHosts(): string[] {
  const origins = [settings.APP_ORIGIN ?? [], settings.CSRF_TRUSTED_ORIGINS].flat();
  return origins.flatMap((origin) => {
    const [, host = ''] = origin.split('://');
    return host.startsWith('*.') ? [host.slice(2), `*${host}`] : [host];
  });
}
