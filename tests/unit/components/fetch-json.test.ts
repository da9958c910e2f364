import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchJson } from '@/components/admin/fetch-json';

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    // None of these connections is left for the next request to find half closed.
    response.setHeader('connection', 'close');
    const answers: Record<string, () => void> = {
      '/json': () => response.end('{"results":[1]}'),
      '/html': () => response.end('<!doctype html><title>Sign in</title>'),
      '/cut': () => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"results":');
        response.destroy();
      },
      '/gone': () => response.writeHead(302, { location: '/html' }).end(),
      '/hang-up': () => request.socket.destroy(),
    };
    const status = Number(request.url?.slice(1));
    if (status) response.writeHead(status).end('{"results":[]}');
    else answers[request.url ?? '']?.();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(() => new Promise((done) => server.close(done)));

describe('fetchJson', () => {
  it('tells a value from a session that is gone and from what cannot be loaded', async () => {
    const asked = async (path: string) => (await fetchJson(origin + path)).kind;
    expect(await fetchJson(`${origin}/json`)).toEqual({ kind: 'fetched', value: { results: [1] } });
    expect(await asked('/gone')).toBe('signed out');
    for (const path of ['/html', '/cut', '/hang-up', '/403', '/404', '/429', '/500', '/503']) {
      expect([path, await asked(path)]).toEqual([path, 'failed']);
    }
    expect((await fetchJson('http://127.0.0.1:1/')).kind).toBe('failed');
  });
});
