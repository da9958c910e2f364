import { settings } from '@/lib/conf/settings';
import { originOf } from '@/lib/core/hosts';

/**
 * The domain that passkeys are made for: settings.WEBAUTHN_RP_ID, else the host of APP_ORIGIN, else
 * `localhost`. A passkey made for one domain is nothing to another.
 * WebAuthn L3 5.4.2
 */
export function rpId(): string {
  if (settings.WEBAUTHN_RP_ID !== '') return settings.WEBAUTHN_RP_ID;
  return settings.APP_ORIGIN ? new URL(settings.APP_ORIGIN).hostname : 'localhost';
}

/** What browsers call the site when they ask for a passkey. */
export function rpName(): string {
  return settings.WEBAUTHN_RP_NAME || settings.SITE_NAME;
}

/**
 * The origins whose pages may use our passkeys: our own and settings.WEBAUTHN_RELATED_ORIGINS. Without
 * APP_ORIGIN it is that of the request, on `localhost` only. A subdomain counts when it is listed.
 * WebAuthn L3 13.4.9
 */
export function expectedOrigins(headers: Pick<Headers, 'get'>): string[] {
  return [...ownOrigins(headers), ...settings.WEBAUTHN_RELATED_ORIGINS];
}

function ownOrigins(headers: Pick<Headers, 'get'>): string[] {
  if (settings.APP_ORIGIN) return [settings.APP_ORIGIN];
  const origin = originOf(headers);
  return origin !== '' && new URL(origin).hostname === 'localhost' ? [new URL(origin).origin] : [];
}
