import { parseAbi } from 'viem';
import { expect, test } from 'vitest';
import { RpcError } from '../../eth/rpc.ts';
import type { OpenContract } from './open-contract.ts';
import { send } from './send.ts';

const HASH = `0x${'ab'.repeat(32)}`;
const ALICE = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const CONTRACT = '0x5FbDB2315678afecb367f032d93F642f64180aa3';

const end = { problem: 'anvil has ended. Start local again.', start: 'local' };

test.each([
  [
    'does not respond',
    'http://127.0.0.1:1',
    null,
    /It does not respond since\. Start or test local,/,
  ],
  ['has ended', null, end, /It is not running since: anvil has ended\. .*Start local, and look at/],
  ['was stopped', null, null, /It was stopped since\. Start local, and look at/],
])('a chain that took a call and then %s is no call that is pending', async (_, url, how, said) => {
  let isGone = false;
  const replies: Record<string, unknown> = {
    ...{ eth_call: '0x', eth_estimateGas: '0x5208', debug_traceCall: null },
  };
  const call = async (method: string) => {
    if (isGone) throw new RpcError('no connection', true);
    return replies[method];
  };
  const opened = {
    ...{ from: { name: 'local', chainId: 31337, isOwn: true, call }, address: CONTRACT },
    ...{ abi: parseAbi(['function touch()']), called: 'Yard', names: {} },
  } as unknown as OpenContract;
  const sent = send(
    opened,
    {
      network: 'local',
      contract: 'Yard',
      function: 'touch',
      arguments: [],
      force: false,
      allowUnsafeUpgrade: false,
    },
    () => ALICE,
    {
      ...{ chainUrl: async () => url, endOf: () => how },
      checkUpgrades: async () => [],
      sendOnChain: async () => {
        isGone = true;
        return HASH;
      },
    },
    0,
  );
  const error = await sent.catch((one: unknown) => one);
  expect((error as Error).message).toMatch(said);
  expect(error).toMatchObject({
    code: 'RPC_UNREACHABLE',
    message: expect.stringContaining(HASH),
    data: { fix: { command: `drydock tx show ${HASH} --network local` } },
  });
});
