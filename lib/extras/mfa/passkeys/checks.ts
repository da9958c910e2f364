import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { rpId } from './relying-party';

/**
 * Whether passkeys can work as the settings say: a policy of passkeys alone asks for JavaScript, and a
 * browser refuses a domain that is not that of the page or above it.
 */
export function checkPasskeys(): CheckMessage[] {
  if (!settings.MFA_SUPPORTED_TYPES.includes('webauthn')) return [];
  return [...checkRequiredTypes(), ...checkRelyingParty(), ...checkRelatedOrigins()];
}

function checkRequiredTypes(): CheckMessage[] {
  const types = settings.MFA_REQUIRED_TYPES;
  if (settings.MFA_REQUIRED.length === 0 || types.length === 0) return [];
  if (types.some((type) => type !== 'webauthn')) return [];
  return [
    checkWarning(
      'mfa.W002',
      'MFA_REQUIRED_TYPES lets only passkeys satisfy MFA_REQUIRED, and a browser without JavaScript has none.',
      "Add 'totp' to it, or be sure that all of them have a browser with JavaScript.",
    ),
  ];
}

function checkRelyingParty(): CheckMessage[] {
  const origin = settings.APP_ORIGIN;
  const id = rpId();
  const host = origin === null ? 'localhost' : new URL(origin).hostname;
  if (host === id || host.endsWith(`.${id}`)) return [];
  return [
    checkError(
      'mfa.E002',
      `WEBAUTHN_RP_ID is "${id}", which is neither ${host} nor a domain above it: browsers make no passkey for it here.`,
      'Set it to the host of APP_ORIGIN or a domain above that, or leave it out.',
    ),
  ];
}

function checkRelatedOrigins(): CheckMessage[] {
  const wrong = settings.WEBAUTHN_RELATED_ORIGINS.filter(
    (origin) => !URL.canParse(origin) || new URL(origin).origin !== origin,
  );
  return wrong.map((origin) =>
    checkError(
      'mfa.E003',
      `WEBAUTHN_RELATED_ORIGINS lists "${origin}", which is no origin.`,
      'Write scheme and host, with a port if it has one of its own, and no slash at the end: https://shop.example.',
    ),
  );
}
