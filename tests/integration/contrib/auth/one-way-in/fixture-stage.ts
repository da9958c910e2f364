import { redirect } from 'next/navigation';
import { guardsOf } from '@/lib/contrib/auth/decorators';
import type { User } from '@/lib/contrib/auth/models';
import { passLoginStage } from '@/lib/contrib/auth/sign-in/complete-login';
import { type LoginStage, registerLoginStage } from '@/lib/contrib/auth/sign-in/login-stages';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { refusedField } from '@/lib/forms/forms';

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
    page: loginNotRequired.page(async ({ request }) => {
      const { user } = await requirePendingLogin(request, name);
      return `A word from ${user.username}`;
    }),
    action: loginNotRequired.action(async (request, form) => {
      const { user } = await requirePendingLogin(request, name);
      if (form.get('word') !== 'sesame') return refusedField(form, 'word', `No, ${user.username}`);
      redirect(await passLoginStage(request, name, method ? { method } : {}));
    }),
  };
}
