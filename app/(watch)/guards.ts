import { guardsOf } from '@/lib/contrib/auth/decorators';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

// Their pages, on which they set one up, follow their session too.
export const { loginRequired } = guardsOf('watch', { beforeSecondFactor: true });
