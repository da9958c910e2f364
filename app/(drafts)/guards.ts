import { guardsOf } from '@/lib/contrib/auth/decorators';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

// Forms on the pages where a second factor is set up keep their drafts too.
export const { loginRequired } = guardsOf('drafts', { beforeSecondFactor: true });
