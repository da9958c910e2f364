import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';
import { rpId } from './relying-party';

/**
 * Whether passkeys can work as the settings say: a browser refuses a domain that is not that of the page
 * or above it, unless that domain's own list names the page's origin, and what is no origin.
 */
export function checkPasskeys(): CheckMessage[] {
  if (!settings.MFA_SUPPORTED_TYPES.includes('webauthn')) return [];
  return [...checkRelyingParty(), ...checkRelatedOrigins()];
}

function checkRelyingParty(): CheckMessage[] {
  const origin = settings.APP_ORIGIN;
  const id = rpId();
  const host = origin === null ? 'localhost' : new URL(origin).hostname;
  if (host === id || host.endsWith(`.${id}`)) return [];
  if (origin !== null && settings.WEBAUTHN_RELATED_ORIGINS.includes(origin)) return [];
  return [
    checkError(
      'mfa.E003',
      `WEBAUTHN_RP_ID is "${id}", which is neither ${host} nor a domain above it: browsers make no passkey for it here.`,
      'Set it to the host of APP_ORIGIN or a domain above that, or leave it out. Another site’s domain has to list APP_ORIGIN, as WEBAUTHN_RELATED_ORIGINS has to here.',
    ),
  ];
}

function checkRelatedOrigins(): CheckMessage[] {
  const wrong = settings.WEBAUTHN_RELATED_ORIGINS.filter(
    (origin) => !URL.canParse(origin) || new URL(origin).origin !== origin,
  );
  return wrong.map((origin) =>
    checkError(
      'mfa.E004',
      `WEBAUTHN_RELATED_ORIGINS lists "${origin}", which is no origin.`,
      'Write scheme and host, with a port if it has one of its own, and no slash at the end: https://shop.example.',
    ),
  );
}
