import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const API = '/api/v3';

/** GitHub as far as signing in by it goes, on a loopback port: `asked` is what it was sent. */
export async function startGithub() {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = {
    asked: new URLSearchParams(),
    user: { id: 7, login: 'ada', name: 'Ada Lovelace' } as object,
    emails: [] as object[],
  };
  server.on('request', async (request, response) => {
    const body: Buffer[] = [];
    for await (const part of request) body.push(part);
    const { pathname } = new URL(request.url ?? '', issuer);
    const isTold = request.headers.authorization === 'Bearer gho_token';
    const answer = (status: number, value: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (pathname === '/login/oauth/access_token') {
      at.asked = new URLSearchParams(Buffer.concat(body).toString());
      if (at.asked.get('code') !== 'right') return answer(200, { error: 'bad_verification_code' });
      return answer(200, { access_token: 'gho_token', token_type: 'bearer', scope: 'read:user' });
    }
    if (!isTold) return answer(401, {});
    if (pathname === `${API}/user`) return answer(200, at.user);
    return pathname === `${API}/user/emails` ? answer(200, at.emails) : answer(404, {});
  });
  const stop = () =>
    new Promise<void>((stopped) => {
      server.close(() => stopped());
      server.closeAllConnections();
    });
  return { issuer, at, stop };
}
