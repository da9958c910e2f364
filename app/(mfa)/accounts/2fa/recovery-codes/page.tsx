import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(mfa)/guards';
import { OVERVIEW_PATH } from '@/lib/extras/mfa/addresses';

/** allauth's address: how many are left stands with the other factors. */
export default loginRequired.page(async function RecoveryCodesPage() {
  redirect(OVERVIEW_PATH);
});
