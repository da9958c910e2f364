import { withRail } from '@/components/admin/with-rail';
import { adminGuardsOf } from '@/lib/contrib/admin/decorators';
import { guardsOf } from '@/lib/contrib/auth/decorators';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

const staff = adminGuardsOf('admin').staffMemberRequired;

export const staffMemberRequired: typeof staff = {
  ...staff,
  page: (view) => staff.page(withRail(view)),
};
export const { loginRequired } = guardsOf('admin');
