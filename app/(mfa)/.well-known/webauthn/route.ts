import { passkeysRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { settings } from '@/lib/conf/settings';
import { Http404 } from '@/lib/core/exceptions';

/** What a browser asks whether another site may use our passkeys: WebAuthn L3 5.11. */
export const GET = loginNotRequired.handler(async () => {
  passkeysRequired();
  const origins = settings.WEBAUTHN_RELATED_ORIGINS;
  if (origins.length === 0) throw new Http404();
  return Response.json({ origins });
});
