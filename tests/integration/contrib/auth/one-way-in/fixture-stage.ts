import { guardsOf } from '@/lib/contrib/auth/decorators';
import type { User } from '@/lib/contrib/auth/models';
import { passLoginStage } from '@/lib/contrib/auth/sign-in/complete-login';
import { type LoginStage, registerLoginStage } from '@/lib/contrib/auth/sign-in/login-stages';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import type { HttpRequest } from '@/lib/http/request';

const { loginNotRequired } = guardsOf(null);

/** A stage that asks whoever `asks` names for a word, as an app would bring one. */
export function fixtureStage(
  name: string,
  asks: (user: User) => boolean,
  { method }: { method?: string } = {},
) {
  const stage: LoginStage = {
    name,
    path: `/accounts/${name}/`,
    isRequired: (user) => asks(user),
  };
  return {
    register: () => registerLoginStage(stage),
    page: loginNotRequired(async ({ request }) => {
      const { user } = await requirePendingLogin(request, name);
      return `A word from ${user.username}`;
    }),
    action: loginNotRequired(async (request: HttpRequest, form: FormData) => {
      const { user } = await requirePendingLogin(request, name);
      if (form.get('word') !== 'sesame') return `No, ${user.username}`;
      return new Response(null, {
        status: 303,
        headers: { location: await passLoginStage(request, name, method ? { method } : {}) },
      });
    }),
  };
}
