import { adminGuardsOf } from '@/lib/contrib/admin/decorators';
import { guardsOf } from '@/lib/contrib/auth/decorators';
// Takes in what the apps bring, and what the admin's 404 looks like.
import '@/lib/site/app-configs';
import '@/components/admin/not-found-in-admin';

export const { staffMemberRequired } = adminGuardsOf('admin');
export const { loginRequired } = guardsOf('admin');
