import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { settings } from '@/lib/conf/settings';
import { watchExchange } from './access-log';
import { answerCompressed } from './compressed-assets';
import { type Exchange, enterExchange } from './exchange';
import { firstRefusal, showRefusal } from './first-refusal';
import { answerPlain, dressBareAnswers, fixedHeaders, refuseConnection } from './plain-answers';
import { type Refusal, tooLarge } from './refusal-words';
import { whenRead } from './whole-body';

/** What Next.js asks of a listener of requests. */
type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const known = new WeakSet<Server>();
const answering = new WeakMap<Duplex, ServerResponse>();

/**
 * Stand between Node's server and Next.js in this process, in each server as soon as somebody
 * connects to it: every response has the fixed headers, and what Next.js would answer by itself,
 * bare, before any guard runs, is answered here. `open` makes the exchange of a request.
 * Call once per process; what it returns lets servers alone that nobody has connected to yet.
 * Decision 34 says why.
 */
export function installFrontDoor(
  open: (request: IncomingMessage, response: ServerResponse) => Exchange,
): () => void {
  const stand = (server: unknown) => {
    if (!(server instanceof Server) || known.has(server)) return;
    known.add(server);
    standIn(server, open);
  };
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Duplex & { server?: unknown } };
    stand(socket.server);
  };
  // A connection may be older than this process's first look at it.
  const onRequest = (message: unknown) => stand((message as { server: unknown }).server);
  subscribe('net.server.socket', onSocket);
  subscribe('http.server.request.start', onRequest);
  return () => {
    unsubscribe('net.server.socket', onSocket);
    unsubscribe('http.server.request.start', onRequest);
  };
}

function standIn(
  server: Server,
  open: (request: IncomingMessage, response: ServerResponse) => Exchange,
): void {
  const listeners = server.listeners('request') as Listener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answering.set(request.socket, response);
    const exchange = open(request, response);
    // Before anything is written about it: the connection may have carried another one.
    enterExchange(exchange);
    watchExchange(exchange);
    const pass = () => {
      for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
    };
    receive(exchange, pass);
  });
  server.on('connect', (_request, socket: Duplex) => refuseConnection(socket, 'CONNECT'));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const response = answering.get(socket);
    const isUnderWay = response?.headersSent && !response.writableEnded;
    refuseConnection(socket, isUnderWay ? 'ECONNRESET' : (error.code ?? ''));
  });
}

/** Answer what needs no view of ours, and let the rest pass. */
function receive(exchange: Exchange, pass: () => void): void {
  const { request, response } = exchange;
  for (const [name, value] of fixedHeaders(request.headers)) response.setHeader(name, value);
  dressBareAnswers(exchange);
  const refuse = (refusal: Refusal) => {
    if (showRefusal(exchange, refusal)) pass();
    else answerPlain(exchange, refusal);
  };
  const refusal = firstRefusal(exchange);
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  if (refusal?.status === 413) whenRead(request, 0, () => refuse(refusal));
  else if (refusal) refuse(refusal);
  else if (isChunked) {
    whenRead(request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE, (isWithin) =>
      isWithin ? pass() : refuse(tooLarge()),
    );
  } else if (!answerCompressed(exchange)) pass();
}
