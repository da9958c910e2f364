import { loginRequired } from '@/app/(tokens)/guards';
import { PermissionDenied } from '@/lib/core/exceptions';
import { checkToken } from '@/lib/extras/tokens/api/operations';
import { presentToken } from '@/lib/extras/tokens/api/present';
import { tokenOf } from '@/lib/extras/tokens/authenticator';
import { operate } from '@/lib/http/api/operate';

export const GET = loginRequired.handler(
  operate(checkToken, async ({ request: { user } }) => {
    const token = tokenOf(user);
    if (!token) throw new PermissionDenied('This request was made without a token.');
    return {
      ...presentToken(token),
      owner: user.getUsername(),
      permissions: [...(await user.getAllPermissions())].sort(),
      networks: token.networks.split('\n').filter(Boolean),
      last_used: token.lastUsed?.toISOString() ?? null,
    };
  }),
);
