import { adminGuardsOf } from '@/lib/contrib/admin/decorators';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

export const { staffMemberRequired } = adminGuardsOf('saved-views');
