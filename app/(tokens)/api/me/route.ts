import { loginRequired } from '@/app/(tokens)/guards';
import { readMe } from '@/lib/extras/tokens/api/operations';
import { presentToken } from '@/lib/extras/tokens/api/present';
import { tokenOf } from '@/lib/extras/tokens/authenticator';
import { operate } from '@/lib/http/api/operate';

export const GET = loginRequired.handler(
  operate(readMe, async ({ request: { user } }) => {
    const token = tokenOf(user);
    return {
      id: user.id,
      username: user.getUsername(),
      full_name: user.getFullName(),
      email: user.email,
      permissions: [...(await user.getAllPermissions())].sort(),
      token: token && presentToken(token),
    };
  }),
);
