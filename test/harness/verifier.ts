import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Rpc } from '#main/eth/rpc.ts';

/** What was sent to be verified, whichever of the two services it was meant for. */
export interface SentContract {
  input: { sources: Record<string, { content: string }>; settings: Record<string, unknown> };
  compiler: string;
  contract: string;
  address: string;
  chainId: string;
}

export interface Verifier extends AsyncDisposable {
  url: string;
  sent: SentContract[];
  /** Each job is pending for so many questions. */
  pendingFor: number;
}

type Match = 'exact_match' | 'match';
type Job = { asked: number; match: Match | null; reason: string };

/**
 * Verifies contracts of one chain as Sourcify (v2) and Etherscan do: compiles what it is sent, and
 * compares with the code at the address. Speaks the forms of their documentations, see
 * `features/abi-sources`.
 */
export async function verifier(call: Rpc, chainId: number, key: string): Promise<Verifier> {
  const jobs = new Map<string, Job>();
  const verified = new Set<string>();
  const state: { sent: SentContract[]; pendingFor: number } = { sent: [], pendingFor: 1 };

  async function start(one: SentContract): Promise<string> {
    state.sent.push(one);
    const id = `job-${jobs.size + 1}`;
    const { match, reason } = await verify(call, one);
    jobs.set(id, { asked: 0, match, reason });
    return id;
  }

  async function answer(request: IncomingMessage): Promise<[number, unknown]> {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const body = await textOf(request);
    const submit = /^\/server\/v2\/verify\/(\d+)\/(0x[0-9a-fA-F]{40})$/.exec(url.pathname);
    if (submit && request.method === 'POST') {
      const [, chain = '', address = ''] = submit;
      if (chain !== String(chainId)) return sourcifyError(400, 'unsupported_chain', chain);
      if (verified.has(address)) return sourcifyError(409, 'already_verified', address);
      const { stdJsonInput, compilerVersion, contractIdentifier } = JSON.parse(body);
      const one = { input: stdJsonInput, compiler: compilerVersion, contract: contractIdentifier };
      return [202, { verificationId: await start({ ...one, address, chainId: chain }) }];
    }
    const asked = /^\/server\/v2\/verify\/(job-\d+)$/.exec(url.pathname)?.[1];
    if (asked) {
      const job = jobs.get(asked);
      if (!job) return sourcifyError(404, 'job_not_found', asked);
      if (job.asked++ < state.pendingFor)
        return [200, { isJobCompleted: false, verificationId: asked }];
      const contract = { match: job.match, chainId: String(chainId) };
      const error = { customCode: 'no_match', message: job.reason, errorId: 'e' };
      const done = { isJobCompleted: true, verificationId: asked, contract };
      return [200, job.match ? done : { ...done, error }];
    }
    return url.pathname === '/v2/api' ? etherscan(url, request.method, body) : [404, null];
  }

  async function etherscan(url: URL, method = '', body = ''): Promise<[number, unknown]> {
    const given = url.searchParams;
    const no = (result: string): [number, unknown] => [
      200,
      { status: '0', message: 'NOTOK', result },
    ];
    const yes = (result: string): [number, unknown] => [
      200,
      { status: '1', message: 'OK', result },
    ];
    if (given.get('apikey') !== key) return no(`Invalid API Key (#err2)|${given.get('apikey')}`);
    if (given.get('action') === 'checkverifystatus') {
      const job = jobs.get(given.get('guid') ?? '');
      if (!job) return no('Unable to locate GUID');
      if (job.asked++ < state.pendingFor) return no('Pending in queue');
      return job.match ? yes('Pass - Verified') : no('Fail - Unable to verify');
    }
    if (method !== 'POST' || given.get('action') !== 'verifysourcecode')
      return no('Unknown action');
    const form = new URLSearchParams(body);
    const compiler = form.get('compilerversion') ?? '';
    if (!compiler.startsWith('v')) return no('Invalid compiler version');
    const id = await start({
      ...{ input: JSON.parse(form.get('sourceCode') ?? ''), compiler: compiler.slice(1) },
      ...{ contract: form.get('contractname') ?? '', address: form.get('contractaddress') ?? '' },
      chainId: given.get('chainid') ?? '',
    });
    return yes(id);
  }

  const server = createServer((request, response) => {
    void answer(request).then(([status, value]) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const sourcifyError = (status: number, customCode: string, what: string): [number, unknown] => [
  status,
  { customCode, message: `${customCode.replaceAll('_', ' ')}: ${what}`, errorId: 'e' },
];

interface Linked {
  object: string;
  immutableReferences: Record<string, { start: number; length: number }[]>;
}

async function verify(
  call: Rpc,
  { input, compiler, contract, address }: SentContract,
): Promise<{ match: Match | null; reason: string }> {
  const solc = createRequire(import.meta.url)('solc') as {
    version(): string;
    compile(input: string): string;
  };
  if (!solc.version().startsWith(compiler)) return { match: null, reason: `no ${compiler}` };
  const outputSelection = { '*': { '*': ['evm.deployedBytecode'] } };
  const settings = { ...input.settings, outputSelection };
  const output = JSON.parse(solc.compile(JSON.stringify({ ...input, settings })));
  const colon = contract.lastIndexOf(':');
  const made: Linked | undefined =
    output.contracts?.[contract.slice(0, colon)]?.[contract.slice(colon + 1)]?.evm.deployedBytecode;
  if (!made) return { match: null, reason: JSON.stringify(output.errors ?? 'no such contract') };
  const gaps = Object.values(made.immutableReferences ?? {}).flat();
  const masked = (digits: string) =>
    gaps.reduce(
      (text, { start, length }) =>
        text.slice(0, start * 2) + '0'.repeat(length * 2) + text.slice((start + length) * 2),
      digits,
    );
  const code = masked((await call<string>('eth_getCode', [address, 'latest'])).slice(2));
  const own = masked(made.object);
  const bare = (digits: string) =>
    digits.slice(0, -(Number.parseInt(digits.slice(-4), 16) * 2 + 4));
  if (code === own) return { match: 'exact_match', reason: '' };
  if (bare(code) === bare(own)) return { match: 'match', reason: '' };
  return { match: null, reason: 'The code at the address is another one.' };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}
