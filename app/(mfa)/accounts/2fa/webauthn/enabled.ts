import { settings } from '@/lib/conf/settings';
import { Http404 } from '@/lib/core/exceptions';
import { isPasskeyLoginEnabled } from '@/lib/extras/mfa/passkeys/login';

/** Answer 404 where the site has no passkeys. */
export function passkeysRequired(): void {
  if (!settings.MFA_SUPPORTED_TYPES.includes('webauthn')) throw new Http404();
}

/** Answer 404 where no passkey signs anybody in by itself. */
export function passkeyLoginRequired(): void {
  if (!isPasskeyLoginEnabled()) throw new Http404();
}
