import { encodeAbiParameters, getAddress, keccak256, toFunctionSelector, toHex } from 'viem';
import { expect, test } from 'vitest';
import { type Rpc, RpcError } from '../rpc.ts';
import { PROXY_SLOTS, proxyAt } from './proxy.ts';

const address = (digit: string) => getAddress(`0x${digit.repeat(40)}`);
const [PROXY, LOGIC, ADMIN, BEACON] = [address('1'), address('2'), address('3'), address('4')];
const word = (value: string) => `0x${value.slice(2).padStart(64, '0')}`;
const UUPS_CODE = '0x60806352d1902d';
/** Of Safe 1.3.0, without its metadata. */
const SAFE_PROXY = `0x608060405273${'f'.repeat(40)}600054167fa619486e${'0'.repeat(56)}60003514156050578060005260206000f35b3660008037600080366000845af43d6000803e60008114156070573d6000fd5b3d6000f3fe`;
/** PUSH1 0x80, DELEGATECALL */
const DELEGATING = '0x6080f4';

/** A node that knows some codes, slots of the proxy and calls, and refuses every other call. */
function node(knows: {
  codes?: Record<string, string>;
  slots?: Record<string, string>;
  calls?: Record<string, string>;
}) {
  const turns: string[][] = [];
  let turn: string[] | null = null;
  const call: Rpc = async <T>(method: string, params: unknown[] = []) => {
    if (!turn) {
      turn = [];
      turns.push(turn);
      queueMicrotask(() => {
        turn = null;
      });
    }
    turn.push(method);
    const [first, second] = params as [string & { to: string; data: string }, string];
    if (method === 'eth_getCode') return (knows.codes?.[first] ?? DELEGATING) as T;
    if (method === 'eth_getStorageAt') return (knows.slots?.[second] ?? word('0x0')) as T;
    const output = knows.calls?.[`${first.to} ${first.data}`];
    if (output === undefined) throw new RpcError('execution reverted', false);
    return output as T;
  };
  const look = () => proxyAt(call, PROXY, knows.codes?.[PROXY] ?? DELEGATING);
  return { look, turns };
}

test('the slots are those of the standards', () => {
  const slot = (text: string) => keccak256(toHex(text));
  const before = (text: string) => toHex(BigInt(slot(text)) - 1n);
  expect(PROXY_SLOTS).toEqual({
    implementation: before('eip1967.proxy.implementation'),
    beacon: before('eip1967.proxy.beacon'),
    admin: before('eip1967.proxy.admin'),
    proxiable: slot('PROXIABLE'),
    zeppelinos: slot('org.zeppelinos.proxy.implementation'),
  });
});

const implementation = toFunctionSelector('implementation()');
test.each<[kind: string, knows: Parameters<typeof node>[0], more?: object]>([
  ['eip-1967', { slots: { [PROXY_SLOTS.implementation]: word(LOGIC) } }],
  ['uups', { slots: { [PROXY_SLOTS.implementation]: word(LOGIC) }, codes: { [LOGIC]: UUPS_CODE } }],
  ['uups', { slots: { [PROXY_SLOTS.proxiable]: word(LOGIC) } }],
  [
    'transparent',
    {
      slots: {
        [PROXY_SLOTS.implementation]: word(LOGIC),
        [PROXY_SLOTS.admin]: word(ADMIN),
      },
    },
    { admin: ADMIN },
  ],
  [
    'beacon',
    {
      slots: { [PROXY_SLOTS.beacon]: word(BEACON) },
      calls: { [`${BEACON} ${implementation}`]: word(LOGIC) },
    },
    { beacon: BEACON },
  ],
  ['zeppelinos', { slots: { [PROXY_SLOTS.zeppelinos]: word(LOGIC) } }],
  ['safe', { slots: { '0x0': word(LOGIC) }, codes: { [PROXY]: SAFE_PROXY } }],
  [
    'clone',
    { codes: { [PROXY]: `0x363d3d373d3d3d363d73${LOGIC.slice(2)}5af43d82803e903d91602b57fd5bf3` } },
  ],
])('a proxy of kind %s', async (kind, knows, more = {}) => {
  const { look, turns } = node(knows);
  expect(await look()).toEqual({
    ...{ kind, implementations: [LOGIC], selectors: null, admin: null, beacon: null },
    ...more,
  });
  expect(turns.length).toBeLessThan(3);
});

const facets = toFunctionSelector('facets()');
const FACETS = [
  {
    type: 'tuple[]',
    components: [{ type: 'address' }, { type: 'bytes4[]' }],
  },
] as const;

test('a diamond with its facets', async () => {
  const output = encodeAbiParameters(FACETS, [
    [
      [LOGIC, ['0x01020304', '0x05060708']],
      [ADMIN, []],
    ],
  ]);
  expect(await node({ calls: { [`${PROXY} ${facets}`]: output } }).look()).toEqual({
    ...{ kind: 'diamond', admin: null, beacon: null },
    implementations: [LOGIC, ADMIN],
    selectors: [['0x01020304', '0x05060708'], []],
  });
});

test.each<[string, Parameters<typeof node>[0]]>([
  ['a contract with an address in its slot 0', { slots: { '0x0': word(LOGIC) } }],
  ['one whose fallback returns nothing', { calls: { [`${PROXY} ${facets}`]: '0x' } }],
  ['one whose fallback returns a number', { calls: { [`${PROXY} ${facets}`]: word('0x20') } }],
  ['one with no facets', { calls: { [`${PROXY} ${facets}`]: encodeAbiParameters(FACETS, [[]]) } }],
  ['one with a beacon that has none', { slots: { [PROXY_SLOTS.beacon]: word(BEACON) } }],
  [
    'one with more than an address in its slot',
    { slots: { [PROXY_SLOTS.implementation]: `0x01${word(LOGIC).slice(4)}` } },
  ],
])('%s is no proxy', async (_, knows) => {
  expect(await node(knows).look()).toBeNull();
});

test.each(['0x', '0x6080', '0x60f4', `0x7f${'f4'.repeat(32)}`])(
  'code that delegates nothing is asked nothing: %s',
  async (code) => {
    const { look, turns } = node({ codes: { [PROXY]: code } });
    expect(await look()).toBeNull();
    expect(turns).toEqual([]);
  },
);

test('a node that is not there is no answer', async () => {
  const call: Rpc = () => Promise.reject(new RpcError('no connection', true));
  await expect(proxyAt(call, PROXY, DELEGATING)).rejects.toThrow('no connection');
});
