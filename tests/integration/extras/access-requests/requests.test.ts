import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { withdrawAction } from '@/app/(access-requests)/accounts/access-requests/actions';
import { isPersonal } from '@/lib/apps/installed';
import { overrideSettings, settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { requestPart } from '@/lib/extras/access-requests/forbidden-part';
import { ownRequests } from '@/lib/extras/access-requests/own-requests';
import { openRefused, sealRefused } from '@/lib/extras/access-requests/refused-seal';
import { grant, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import {
  approve,
  ask,
  browserFor,
  giveAddress,
  makeAskers,
  newestOf,
  PERM,
  somebody,
  stateOf,
  WEEK,
} from './asking';

beforeAll(freshDatabase);

let ada: User;
let chief: User;

beforeEach(async () => {
  ({ ada, chief } = await makeAskers());
});

const rowsOf = (user: User) => db.accessRequest.findMany({ where: { userId: user.id } });

describe('the page of a refusal', () => {
  it('leads to the form with what was refused, sealed for whom it was refused', async () => {
    const part = await requestPart(ada, [PERM]);
    expect(part?.link.label).toBe('Request access');
    const refused = new URLSearchParams(part?.link.href.split('?')[1]).get('refused');
    expect(refused).not.toContain('publish');
    expect(await openRefused(refused, ada.id)).toEqual([PERM]);
    expect(await openRefused(refused, chief.id)).toBeNull();
    expect((await ask(ada, { refused: String(refused) })).location).toBe(
      '/accounts/access-requests/',
    );
  });

  it('offers nothing for what no permission is', async () => {
    expect(await requestPart(ada, ['articles.nothing', 'no dot'])).toBeNull();
  });

  it('leads to the request that waits already', async () => {
    await ask(ada);
    expect((await requestPart(ada, [PERM]))?.link.href).toBe('/accounts/access-requests/');
  });
});

describe('asking for access', () => {
  it('makes one request, tells who may grant it and writes it down', async () => {
    const { url, mails, remove } = await mailFolder();
    const outsider = await somebody('outsider', ['auth.change_user'], { isStaff: true });
    const [to, never] = [await giveAddress(chief), await giveAddress(outsider)];
    await overrideSettings({ EMAIL_URL: url }, () => ask(ada));
    const [row, ...others] = await rowsOf(ada);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ reason: 'The June issue', seconds: WEEK, state: 'open' });
    const told = (await mails()).map(({ headers }) => headers['to']);
    expect(told).toEqual([to]);
    expect(told).not.toContain(never);
    const [mail] = await mails();
    expect(mail?.text).toContain(`/admin/access_requests/accessrequest/${row?.id}/change/`);
    const where = { event: 'authz_admin', actorId: ada.id };
    const event = await db.securityLogEntry.findFirstOrThrow({ where });
    expect(JSON.parse(event.detail)).toMatchObject({ act: 'asked for access', permission: PERM });
    await remove();
  });

  it('tells no more people than the setting says', async () => {
    const { url, mails, remove } = await mailFolder();
    for (const name of ['one', 'two', 'three']) {
      const flags = { isStaff: true };
      await giveAddress(await somebody(name, ['auth.view_user', 'auth.change_user', PERM], flags));
    }
    await overrideSettings({ EMAIL_URL: url, ACCESS_REQUESTS_MAIL_MOST: 2 }, () => ask(ada));
    expect(await mails()).toHaveLength(2);
    await db.user.updateMany({ data: { email: '' } });
    await remove();
  });

  it('needs a reason and a duration that is offered, and keeps what was typed', async () => {
    const blank = stateOf((await ask(ada, { reason: ' ' })).value);
    expect(blank.fieldErrors['reason']).toHaveLength(1);
    expect(blank.values['duration']).toBe('week');
    const endless = stateOf((await ask(ada, { duration: 'century' })).value);
    expect(endless.fieldErrors['duration']).toEqual(['Choose one of these.']);
    await overrideSettings({ ACCESS_REQUESTS_FOR_GOOD: false }, async () => {
      const good = stateOf((await ask(ada, { duration: 'good' })).value);
      expect(good.fieldErrors['duration']).toEqual(['Choose one of these.']);
    });
    expect(await rowsOf(ada)).toEqual([]);
  });

  it('takes no permission from the client: forged, of another, too old or nothing', async () => {
    const own = await sealRefused({ user: ada.id, perms: [PERM] });
    const at = own.length / 2;
    const forged = `${own.slice(0, at)}${own[at] === 'A' ? 'B' : 'A'}${own.slice(at + 1)}`;
    const others = await sealRefused({ user: chief.id, perms: ['auth.change_user'] });
    for (const refused of ['', PERM, forged, others]) {
      const { value } = await ask(ada, { refused });
      expect(stateOf(value).formErrors).toHaveLength(1);
    }
    const browser = await browserFor(ada);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 + 61_000 });
    try {
      expect(stateOf((await ask(ada, { refused: own }, browser)).value).formErrors).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
    expect(await rowsOf(ada)).toEqual([]);
  });

  it('leaves one open request of a person for a permission, of two sent at once too', async () => {
    const answers = await Promise.all([ask(ada), ask(ada)]);
    const again = await ask(ada);
    expect(answers.filter(({ location }) => location !== null)).toHaveLength(1);
    expect(stateOf(again.value).formErrors).toEqual([
      'You have asked for this already. Wait for the answer.',
    ]);
    expect(await rowsOf(ada)).toHaveLength(1);
  });

  it('asks for nothing that is held already', async () => {
    await grant(ada, PERM);
    expect(stateOf((await ask(await reload(ada))).value).formErrors).toHaveLength(1);
  });

  it('waits after too many', async () => {
    const patient = { free: 1, delay: 60, maxDelay: 60, forget: 60 };
    const THROTTLES = {
      ...settings.THROTTLES,
      access_request: { account: patient, network: patient },
    };
    await overrideSettings({ THROTTLES }, async () => {
      await ask(ada);
      await ask(ada);
      const { status, headers } = await ask(ada);
      expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
    });
  });

  it('is closed to whoever acts as somebody, with all of the app', () => {
    expect(isPersonal('access-requests')).toBe(true);
  });

  it('is taken back by whoever asked and nobody else, while nobody has answered', async () => {
    await ask(ada);
    const id = await newestOf(ada);
    const withdraw = async (user: User) =>
      (await browserFor(user)).post((form) => withdrawAction(form), { id: String(id) });
    expect((await withdraw(chief)).status).toBe(404);
    expect((await withdraw(ada)).status).toBe(303);
    expect((await withdraw(ada)).status).toBe(404);
    expect(await rowsOf(ada)).toMatchObject([{ state: 'withdrawn' }]);
    expect(stateOf((await approve(chief, id)).value).formErrors).toEqual([
      'Somebody has answered this already, or it was withdrawn.',
    ]);
  });

  it('shows what became of one’s own', async () => {
    await ask(ada);
    const other = await somebody('other');
    await ask(other, { reason: 'Somebody else’s reason' });
    expect(await ownRequests(ada.id)).toMatchObject([{ perm: PERM, reason: 'The June issue' }]);
  });
});
