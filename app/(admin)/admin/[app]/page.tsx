import { staffMemberRequired } from '@/app/(admin)/guards';
import { AdminPage } from '@/components/admin/admin-page';
import { AppList } from '@/components/admin/app-list';
import { Http404 } from '@/lib/core/exceptions';
import { adminSite } from '@/lib/site/admins';

export default staffMemberRequired.page(async function AppIndex({ request, params }) {
  const apps = await adminSite.appList(request.user);
  const app = apps.find(({ label }) => label === params.app);
  if (!app) throw new Http404();
  return (
    <AdminPage request={request} title={app.name} crumbs={[]}>
      <AppList apps={[app]} />
    </AdminPage>
  );
});
