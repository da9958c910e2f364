import { channel } from 'node:diagnostics_channel';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { GET } from '@/app/(metrics)/metrics/route';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate } from '@/lib/contrib/auth';
import { checkMetricsToken } from '@/lib/extras/metrics/checks';
import { addUp, ownMetrics } from '@/lib/extras/metrics/registry';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { makePerson } from './people';
import { ORIGIN } from './probe';

const TOKEN = 'a-token-for-tests-0123456789';

let member = '';
let superuser = '';

beforeAll(async () => {
  const tearDown = await freshDatabase();
  ({ cookie: member } = await makePerson('ada', { isStaff: true }));
  ({ cookie: superuser } = await makePerson('boss', { isSuperuser: true }));
  return tearDown;
});
afterEach(() => vi.unstubAllEnvs());

async function ask(headers: Record<string, string> = {}) {
  const request = new Request(`${ORIGIN}/metrics/`, {
    headers: { host: 'localhost:3000', ...headers },
  });
  const answer = await answerOf(request, 'handler', () =>
    GET(request, { params: Promise.resolve({}) }),
  );
  const response = answer.value as Response;
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Prometheus' text format, strictly: the samples by their series. */
function parse(text: string): Map<string, number> {
  const types = new Map<string, string>();
  const samples = new Map<string, number>();
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary)$/.exec(line);
    const sample =
      /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (\S+)$/.exec(line);
    if (type?.[1] && type[2]) types.set(type[1], type[2]);
    else if (sample) {
      const [, name = '', labels = '', value] = sample;
      const family = name.replace(/_(bucket|sum|count)$/, '');
      expect(types.has(name) || types.get(family) === 'histogram', line).toBe(true);
      expect(Number.isNaN(Number(value)) && !/^nan$/i.test(value ?? ''), line).toBe(false);
      expect(samples.has(name + labels), line).toBe(false);
      samples.set(name + labels, Number(value));
    } else expect(line).toMatch(/^# HELP [a-zA-Z_:][\w:]* /);
  }
  return samples;
}

describe('/metrics/', () => {
  it('is for a superuser and for a program with the token, and for nobody else', async () => {
    vi.stubEnv('METRICS_TOKEN', TOKEN);
    const told = async (headers: Record<string, string> = {}) => (await ask(headers)).status;
    expect(await told({ authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await told({ cookie: superuser })).toBe(200);
    expect(await told({ cookie: member })).toBe(403);
    for (const wrong of ['Bearer ', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN, 'Bearer']) {
      expect([400, 401], wrong).toContain(await told({ authorization: wrong }));
    }
    expect((await ask()).headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is for no program where no token is set', async () => {
    vi.stubEnv('METRICS_TOKEN', '');
    for (const authorization of ['Bearer ', 'Bearer x', 'Bearer undefined']) {
      expect([400, 401], authorization).toContain((await ask({ authorization })).status);
    }
    expect((await ask({ authorization: `Bearer ${TOKEN}` })).text).not.toContain('# TYPE');
  });

  it('is gone where its app is out', async () => {
    const { settings } = await import('@/lib/conf/settings');
    const without = settings.INSTALLED_APPS.filter((label) => label !== 'metrics');
    await overrideSettings({ INSTALLED_APPS: without }, async () => {
      expect((await ask({ cookie: superuser })).status).toBe(404);
    });
  });

  it('tells what was answered, refused, and who signed in, in the text format', async () => {
    const before = parse((await ask({ cookie: superuser })).text);
    const answered = channel('gatehouse:http:request');
    const send = (method: string, status: number) =>
      answered.publish({ method, status, seconds: 0.03, path: '/' });
    send('GET', 200);
    send('GET', 429);
    send('PROPFIND"\n', 405);
    await authenticate(null, { username: 'nobody', password: 'wrong' });
    const { text, headers } = await ask({ cookie: superuser });
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const after = parse(text);
    const grown = (series: string) => (after.get(series) ?? 0) - (before.get(series) ?? 0);
    expect(grown('gatehouse_http_requests_total{method="GET",status="200"}')).toBe(1);
    expect(grown('gatehouse_http_requests_total{method="other",status="405"}')).toBe(1);
    expect(grown('gatehouse_refusals_total{status="429"}')).toBe(1);
    expect(grown('gatehouse_sign_ins_total{result="failure"}')).toBe(1);
    const bucket = (le: string) =>
      grown(`gatehouse_http_request_duration_seconds_bucket{le="${le}",method="GET"}`);
    expect([bucket('0.025'), bucket('0.05'), bucket('+Inf')]).toEqual([0, 2, 2]);
    expect(after.get('gatehouse_sessions')).toBe(2);
    expect(after.get('gatehouse_processes')).toBe(1);
    for (const series of [
      'gatehouse_database_connections{state="waiting"}',
      'gatehouse_password_jobs{state="waiting"}',
      'nodejs_eventloop_lag_seconds',
      'process_resident_memory_bytes',
    ]) {
      expect([series, after.has(series)]).toEqual([series, true]);
    }
  });
});

describe('the figures of several processes', () => {
  it('are added up, but what is told of the site is what the one that is asked knows', async () => {
    const sessions = (await ask({ cookie: superuser })).text.match(/^gatehouse_sessions .*$/m)?.[0];
    const old = (await ownMetrics()).map((metric) =>
      ['gatehouse_sessions', 'gatehouse_processes'].includes(metric.name)
        ? { ...metric, values: [{ value: 9, labels: {} }] }
        : metric,
    );
    const own = await ownMetrics();
    const text = await addUp(own, [old, old]).metrics();
    const refused = (of: string) => parse(of).get('gatehouse_refusals_total{status="429"}') ?? 0;
    expect(text.split('\n')).toEqual(expect.arrayContaining([sessions, 'gatehouse_processes 1']));
    expect(refused(text)).toBe(3 * refused(await addUp(own, []).metrics()));
  });

  it('are collected once each time: of the event loop a second look finds nothing', async () => {
    await vi.waitFor(
      async () => {
        const { text } = await ask({ cookie: superuser });
        expect(parse(text).get('nodejs_eventloop_lag_mean_seconds')).toBeGreaterThan(0);
      },
      { timeout: 20_000 },
    );
  });
});

describe('a token that can be guessed', () => {
  it('is told before a deployment', () => {
    expect(checkMetricsToken('short').map(({ id }) => id)).toEqual(['metrics.W001']);
    expect([checkMetricsToken(''), checkMetricsToken(TOKEN)]).toEqual([[], []]);
  });
});
