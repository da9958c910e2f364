import { z } from 'zod';
import { passkeysRequired } from '@/app/(mfa)/accounts/2fa/webauthn/enabled';
import { loginNotRequired } from '@/app/(mfa)/guards';
import { PermissionDenied, SuspiciousOperation } from '@/lib/core/exceptions';
import { PURPOSES } from '@/lib/extras/mfa/passkeys/challenge';
import { passkeyOptions } from '@/lib/extras/mfa/passkeys/options';

const asked = z.object({ purpose: z.enum(PURPOSES) });
const headers = { 'cache-control': 'no-store' };

export const POST = loginNotRequired.handler(async (request, call) => {
  passkeysRequired();
  const { purpose } = asked.safeParse(await jsonOf(call.request)).data ?? {};
  if (!purpose) throw new SuspiciousOperation('It does not say what options are for.');
  try {
    return Response.json(await passkeyOptions(request, purpose), { headers });
  } catch (error) {
    if (!(error instanceof PermissionDenied)) throw error;
    return Response.json({ message: error.message }, { status: 403, headers });
  }
});

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return null;
  }
}
