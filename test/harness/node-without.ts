import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface Asked {
  id: number;
  method: string;
  params: unknown[];
}

/** What a node says instead of the real one; undefined: the real one is asked. */
type Instead = (asked: Asked) => { result: unknown } | { error: object } | undefined;

/** What a node says to a method that it doesn't have. */
const NOT_FOUND = { error: { code: -32601, message: 'Method not found' } };

/** Methods of nodes that give traces. */
export const TRACES = ['debug_traceTransaction', 'trace_transaction'] as const;

export interface OtherNode extends AsyncDisposable {
  url: string;
  /** Every method that it was asked for, in order. */
  asked: string[];
}

/** A node in front of another one, as public ones are: without some of its methods. */
export async function nodeWithout(
  to: string,
  methods: readonly string[],
  instead: Instead = () => undefined,
): Promise<OtherNode> {
  const asked: string[] = [];
  const answerTo = async (one: Asked): Promise<object> => {
    asked.push(one.method);
    const own = methods.includes(one.method) ? NOT_FOUND : instead(one);
    return own ? { jsonrpc: '2.0', id: one.id, ...own } : passed(to, one);
  };
  const server = http.createServer(async (incoming, response) => {
    const body = (await json(incoming)) as Asked | Asked[];
    const answer = await (Array.isArray(body) ? Promise.all(body.map(answerTo)) : answerTo(body));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passed(to: string, asked: Asked): Promise<object> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(to, { method: 'POST', headers, body: JSON.stringify(asked) });
  return (await response.json()) as object;
}
