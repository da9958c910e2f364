import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A mail as it was received: its headers by lower-case name, and its two bodies, decoded. */
export type ReceivedMail = { headers: Record<string, string>; text: string; html: string };

/** A folder for `EMAIL_URL=file:DIR`, and what has arrived in it, oldest first. */
export async function mailFolder(): Promise<{
  url: string;
  mails(): Promise<ReceivedMail[]>;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-mail-'));
  return {
    url: `file:${folder}`,
    remove: () => rm(folder, { recursive: true, force: true }),
    async mails() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
      const sources = names.map((name) => readFile(path.join(folder, name), 'utf8'));
      return (await Promise.all(sources)).map(parseMail);
    },
  };
}

/** Read a mail of two alternatives. */
export function parseMail(source: string): ReceivedMail {
  const [head = '', body = ''] = source.replaceAll('\r\n', '\n').split(/\n\n(.*)/s);
  const headers = parseHeaders(head);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1];
  const parts = `\n${body}`.split(`\n--${boundary}`).map((part) => part.replace(/^\n/, ''));
  const bodyOf = (type: string) =>
    parts.filter((part) => part.startsWith(`Content-Type: ${type}`)).map(decode)[0] ?? '';
  return { headers, text: bodyOf('text/plain'), html: bodyOf('text/html') };
}

function parseHeaders(head: string): Record<string, string> {
  const lines = head.replace(/\n[ \t]+/g, ' ').split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(/: ?(.*)/s);
      return [name.toLowerCase(), value];
    }),
  );
}

function decode(part: string): string {
  const [head = '', body = ''] = part.split(/\n\n(.*)/s);
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** An SMTP server that takes everything: what it was told, and the mails. `silent` never greets. */
export async function smtpServer({ silent = false, refuse = '' } = {}) {
  const commands: string[] = [];
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (!silent) converse(socket, { commands, mails, refuse });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { host: `127.0.0.1:${port}`, commands, mails, close, sockets };
}

type Conversation = { commands: string[]; mails: string[]; refuse: string };

function converse(socket: Socket, { commands, mails, refuse }: Conversation): void {
  let rest = '';
  let mail: string | null = null;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 ready');
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (mail !== null) {
        if (line !== '.') mail += `${line}\r\n`;
        else {
          mails.push(mail);
          mail = null;
          say('250 taken');
        }
        continue;
      }
      commands.push(line);
      if (refuse !== '' && line.startsWith(refuse)) say('550 refused');
      else if (line.startsWith('EHLO')) say('250-here\r\n250 AUTH PLAIN');
      else if (line.startsWith('AUTH')) say('235 welcome');
      else if (line === 'DATA') {
        mail = '';
        say('354 go on');
      } else say('250 ok');
    }
  });
}
