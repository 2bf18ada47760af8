import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PROXY_SLOTS } from '#main/eth/inside/proxy.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { choices, oneLieIn } from '#test/harness/lies.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { type WrittenFolder, writtenFolder } from '#test/harness/written-folder.ts';

interface Asked {
  id: number;
  method: string;
  params: unknown[];
}

/** Writes LOG1 with the topic of `Told(uint256)` and no data where it was called with none; returns the first slot. */
const TOLD = '5d5bdbab9ae3e5a02c5cbfbd9b4b1a6d2dd5b5a7a1f0a3c4e6f7a8b9c0d1e2f3';
const RUNTIME = `36602b577f${TOLD}60006000a1005b60005460005260206000f3`;
const bytes = (RUNTIME.length / 2).toString(16).padStart(2, '0');
const CREATION = `60${bytes}600c60003960${bytes}6000f3${RUNTIME}`;
const PASSES_ON = `0x36600060003760006000366000${`7f${PROXY_SLOTS.implementation.slice(2)}`}545af43d600060003e3d6000f3`;
const PROXY = `0x${'7'.repeat(40)}`;

const word = { name: '', type: 'uint256' };
const abi = [
  { type: 'function', name: 'total', stateMutability: 'view', inputs: [], outputs: [word] },
  {
    type: 'function',
    name: 'owner',
    stateMutability: 'view',
    inputs: [],
    outputs: [{ name: '', type: 'address' }],
  },
  { type: 'function', name: 'set', stateMutability: 'nonpayable', inputs: [word], outputs: [] },
  { type: 'event', name: 'Told', inputs: [{ ...word, indexed: false }] },
];
const types = {
  number: { encoding: 'inplace', label: 'uint256', numberOfBytes: '32' },
  text: { encoding: 'bytes', label: 'string', numberOfBytes: '32' },
  list: { encoding: 'dynamic_array', label: 'uint256[]', base: 'number', numberOfBytes: '32' },
  map: {
    encoding: 'mapping',
    label: 'mapping(uint256 => uint256)',
    key: 'number',
    value: 'number',
    numberOfBytes: '32',
  },
};
const storage = ['number', 'text', 'list', 'map'].map((type, i) => ({
  ...{ label: type, type, slot: String(i), offset: 0, contract: 'C', astId: i },
}));

const METHODS = [
  ...['debug_traceCall', 'debug_traceTransaction', 'eth_blockNumber', 'eth_call', 'eth_chainId'],
  ...['eth_estimateGas', 'eth_getBalance', 'eth_getBlockByHash', 'eth_getBlockByNumber'],
  ...['eth_getCode', 'eth_getLogs', 'eth_getStorageAt', 'eth_getTransactionByHash'],
  ...['eth_getTransactionCount', 'eth_getTransactionReceipt'],
];

let chain: FollowedChain;
let project: WrittenFolder;
let contract: string;
let hash: string;
let blockHash: string;
type Reply = (asked: Asked, response: ServerResponse) => unknown;
let reply: Reply;

const honest = (asked: Asked) =>
  chain.call(asked.method, asked.params).then(
    (result) => ({ result }),
    (error: Error) => ({ error: { code: -32000, message: error.message } }),
  );

const node = createServer(async (request, response) => {
  const body = JSON.parse(await text(request)) as Asked;
  const said = await reply(body, response);
  if (said === undefined) return;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ jsonrpc: '2.0', id: body.id, ...(said as object) }));
});

beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await writtenFolder({
    'foundry.toml': '[profile.default]\n',
    'src/C.sol': 'contract C {}',
    'out/C.sol/C.json': {
      ...{ abi, storageLayout: { storage, types } },
      metadata: {
        ...{ compiler: { version: '0.8.30' }, language: 'Solidity' },
        settings: { compilationTarget: { 'src/C.sol': 'C' } },
        sources: { 'src/C.sol': { keccak256: `0x${'0'.repeat(64)}` } },
      },
      bytecode: { object: `0x${CREATION}` },
      deployedBytecode: { object: `0x${RUNTIME}` },
    },
  });
  await chain.client.projects.add({ path: project.path, name: 'lied' });
  contract = (await chain.send({ data: `0x${CREATION}` })).contractAddress;
  hash = (await chain.send({ to: contract })).hash;
  await chain.call('anvil_setCode', [PROXY, PASSES_ON]);
  const logic = `0x${contract.slice(2).padStart(64, '0')}`;
  await chain.call('anvil_setStorageAt', [PROXY, PROXY_SLOTS.implementation, logic]);
  const block = await chain.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false]);
  blockHash = block.hash;
  node.listen(0, '127.0.0.1');
  await once(node, 'listening');
  const url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
  await chain.client.networks.save({ name: 'far', kind: 'remote', url, chainId: 31337 });
}, 60_000);
afterEach(() => {
  node.closeAllConnections();
});
afterAll(async () => {
  node.closeAllConnections();
  node.close();
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

/** Everything that reads a network, by name. */
function everything(): Record<string, () => Promise<unknown>> {
  const { contracts, explorer, accounts, gas, networks, upgrades, verifications } = chain.client;
  const network = 'far';
  const at = { network, contract };
  const sent = { network, hash };
  return {
    test: () => networks.test({ name: network }),
    show: () => contracts.show(at),
    showProxy: () => contracts.show({ network, contract: PROXY }),
    code: () => contracts.code(at),
    abi: () => contracts.abi(at),
    events: () => contracts.events(at),
    eventsOf: () => contracts.events({ ...at, event: 'Told', limit: 5 }),
    storage: () => contracts.storage(at),
    slots: () => contracts.storage({ ...at, slots: ['0', '1'] }),
    list: () => contracts.storage({ ...at, variable: 'list' }),
    text: () => contracts.storage({ ...at, variable: 'text' }),
    map: () => contracts.storage({ ...at, variable: 'map[3]' }),
    read: () => contracts.read({ ...at, function: 'total' }),
    readMany: () => contracts.readMany({ network, calls: [{ contract, function: 'owner' }] }),
    readAll: () => contracts.readAll(at),
    simulate: () => contracts.simulate({ ...at, function: 'set', arguments: ['1'] }),
    senders: () => contracts.senders({ ...at, function: 'set', arguments: ['1'] }),
    snippet: () => contracts.snippet({ ...at, function: 'total', as: 'viem' }),
    transactions: () => explorer.transactions({ network }),
    transaction: () => explorer.transaction({ ...sent, trace: true, source: true, state: true }),
    steps: () => explorer.steps(sent),
    step: () => explorer.step({ ...sent, step: 0 }),
    lineGas: () => explorer.lineGas(sent),
    before: () => explorer.before(sent),
    blocks: () => explorer.blocks({ network }),
    block: () => explorer.block({ network, block: blockHash }),
    address: () => explorer.address({ network, address: contract }),
    addressTransactions: () => explorer.addressTransactions({ network, address: contract }),
    findHash: () => explorer.find({ network, text: hash }),
    findBlock: () => explorer.find({ network, text: '1' }),
    findAddress: () => explorer.find({ network, text: PROXY }),
    accounts: () => accounts.list({ network }),
    gas: () => gas.report({ network }),
    upgrade: () => upgrades.check({ network, contract: PROXY, to: 'lied.C' }),
    verification: () => verifications.check(at),
    namedByArtifact: () => contracts.add({ network, address: PROXY, artifact: 'lied.C' }),
  };
}

/** What went wrong in a way that no procedure declares. */
async function undeclared(): Promise<string[]> {
  const failed = await Promise.all(
    Object.entries(everything()).map(async ([what, ask]) => {
      try {
        await ask();
        return [];
      } catch (error) {
        const { code, defined, message } = error as { code?: string; defined?: boolean } & Error;
        return defined && code !== 'INTERNAL' ? [] : [`${what}: ${code} ${message.slice(0, 200)}`];
      }
    }),
  );
  return failed.flat();
}

test('a node that tells the truth is read, by every method that is lied about here', async () => {
  const methods = new Set<string>();
  reply = (asked) => {
    methods.add(asked.method);
    return honest(asked);
  };
  expect(await undeclared()).toEqual([]);
  expect([...methods].sort()).toEqual(METHODS);
});

describe.each(METHODS)('lies about %s', (method) => {
  test('are told as what they are, and break nothing', async () => {
    const choose = choices(seed);
    for (let round = 0; round < rounds(2, 200); round++) {
      const lied: string[] = [];
      reply = async (asked) => {
        const honestly = await honest(asked);
        if (asked.method !== method || !('result' in honestly)) return honestly;
        const result = oneLieIn(honestly.result, choose);
        lied.push(JSON.stringify(result).slice(0, 100));
        return { result };
      };
      expect(await undeclared(), `seed ${seed}: ${lied.join('\n')}`).toEqual([]);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }
  }, 600_000);
});

describe('a node that', () => {
  const some = async () => {
    const { show, events, transaction } = everything();
    const asked = [show, events, transaction].map((ask) => ask?.());
    const settled = await Promise.allSettled(asked);
    return settled.map((one) => (one.status === 'rejected' ? one.reason.code : 'done'));
  };
  const unreachable = ['RPC_UNREACHABLE', 'RPC_UNREACHABLE', 'RPC_UNREACHABLE'];

  test('never ends its answer is given up', async () => {
    let sent = 0;
    const piece = `0x${'0'.repeat(1_000_000)}`;
    reply = async (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"jsonrpc":"2.0","id":1,"result":["');
      while (!response.destroyed) {
        sent += piece.length;
        if (!response.write(piece)) {
          await Promise.race([once(response, 'drain'), once(response, 'close')]);
        }
      }
    };
    expect(await some()).toEqual(unreachable);
    // One question of each, that ends soon after 32 MB; what the connection holds comes on top.
    expect(sent).toBeLessThan(3 * 60_000_000);
  }, 60_000);

  test('never answers is given up', async () => {
    reply = () => undefined;
    expect(await some()).toEqual(unreachable);
  }, 60_000);

  test('says something endless of an error is told of in a line', async () => {
    reply = () => ({ error: { code: -32000, message: `\u001b[2J${'no\n'.repeat(1_000_000)}` } });
    const shown = chain.client.contracts.show({ network: 'far', contract });
    const error = await shown.catch((failed: Error) => failed.message);
    expect(error).toMatch(/^far could not be read: \[2Jno no/);
    expect(error).toMatch(/^[^\p{C}]{1,700}$/u);
  });
});
