import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import WebSocket from 'ws';

export interface Said {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** One request with exactly these headers, as no client library would send it. */
export function ask(
  port: number,
  options: {
    method?: string;
    path?: string;
    headers?: Record<string, string | string[]>;
    body?: string | Buffer;
    host?: string;
  },
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', path = '/', headers = {}, body, host = '127.0.0.1' } = options;
    const request = http.request(
      {
        host,
        port,
        method,
        path,
        agent: false,
        headers: { 'content-type': 'application/json', ...headers } as http.OutgoingHttpHeaders,
      },
      async (response) => {
        const pieces: Buffer[] = [];
        try {
          for await (const piece of response) pieces.push(piece);
        } catch (error) {
          reject(error);
          return;
        }
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(pieces).toString(),
        });
      },
    );
    request.once('error', reject).end(body);
  });
}

/** Sends these bytes, and returns everything that comes until the other side ends it. */
export async function askRaw(port: number, text: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  let said = '';
  socket.on('data', (piece) => {
    said += piece;
  });
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return said;
}

/** A WebSocket that is open, or the status that was answered instead. */
export function openSocket(
  port: number,
  headers: Record<string, string> = {},
): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { headers, maxPayload: 0 });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', reject);
  });
}

/** The next message, as JSON. */
export async function nextMessage(socket: WebSocket): Promise<unknown> {
  const [data] = await once(socket, 'message');
  return JSON.parse(`${data}`);
}

export const callText = (method: string, params: unknown[] = [], id: unknown = 1): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });
