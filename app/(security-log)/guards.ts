import { adminGuardsOf } from '@/lib/contrib/admin/decorators';
import { guardsOf } from '@/lib/contrib/auth/decorators';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

export const { loginRequired } = guardsOf('security-log');
export const { staffMemberRequired } = adminGuardsOf('security-log');
