import { expect, it } from 'vitest';
import { without } from '@/lib/apps/define-app';
import { overrideSettings } from '@/lib/conf/settings';
import { middlewareOf } from '@/lib/middleware/of-app';
import { apps } from '@/lib/site/apps';

const closed = middlewareOf('messages', async () => new Response('closed'));
const send = async () =>
  (await closed(new Request('http://localhost/'), async () => new Response('open'))).text();

it('lets every request pass while its app is out', async () => {
  expect(await send()).toBe('closed');
  await overrideSettings({ INSTALLED_APPS: without(apps, 'messages') }, async () => {
    expect(await send()).toBe('open');
  });
});
