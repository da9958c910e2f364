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

/**
 * The names under which the development server is asked, as Next.js wants them: elsewhere its scripts
 * would not run. Those that ALLOWED_HOSTS and APP_ORIGIN name, and this machine's own. For
 * next.config.mjs.
 */
export function devOrigins(): string[] {
  const listed = [...settings.ALLOWED_HOSTS, '127.0.0.1', '[::1]'];
  const own = settings.APP_ORIGIN ? [new URL(settings.APP_ORIGIN).hostname] : [];
  return [...listed, ...own].flatMap((host) => {
    if (host === '*') return ['**.*', '*'];
    return host.startsWith('.') ? [host.slice(1), `**${host}`] : [host];
  });
}
