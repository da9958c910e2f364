import { adminGuardsOf } from '@/lib/contrib/admin/decorators';
import { guardsOf } from '@/lib/contrib/auth/decorators';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

export const { loginRequired } = guardsOf('access-requests');
export const { staffMemberRequired } = adminGuardsOf('access-requests');
