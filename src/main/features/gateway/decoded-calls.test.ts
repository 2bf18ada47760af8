import { encodeFunctionData, erc20Abi, type Hex } from 'viem';
import { expect, test } from 'vitest';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { JournalPage } from '../../gateway/control/protocol.ts';
import { DecodedCalls } from './decoded-calls.ts';

const KNOWN: Hex = `0x${'a'.repeat(40)}`;
const UNKNOWN: Hex = `0x${'b'.repeat(40)}`;
const data = encodeFunctionData({
  ...{ abi: erc20Abi, functionName: 'transfer', args: [KNOWN, 5n] },
});

const noted = (id: number, to: Hex) => ({
  ...{ id, at: 1000 + id, method: 'eth_call', params: JSON.stringify([{ to, data }, 'latest']) },
  ...{ ms: 1, origin: null, error: null },
});

const page = (...calls: JournalPage['calls']): JournalPage => ({
  ...{ on: true, perSecond: [], calls, slow: calls.slice(0, 1), errors: [] },
});

/** Names of one request, and which addresses were looked at through them. */
function namesOf() {
  const asked: string[] = [];
  const contractAt = async (address: string) => {
    asked.push(address);
    return address === KNOWN ? { label: null, name: 'Purse', abi: erc20Abi } : null;
  };
  return { asked, names: { contractAt, functions: () => [] } as unknown as NetworkNames };
}

test('a call that is understood is decoded once, however often it is listed', async () => {
  const calls = new DecodedCalls();
  const first = namesOf();
  const { calls: listed, slow } = await calls.of('local', page(noted(1, KNOWN)), first.names);
  expect(listed).toMatchObject([
    {
      called: {
        contract: 'Purse',
        arguments: [{ name: 'recipient' }, { name: 'amount', value: '5' }],
      },
    },
  ]);
  expect(slow).toEqual(listed);
  expect(first.asked).toEqual([KNOWN]);

  const second = namesOf();
  const both = await calls.of('local', page(noted(2, UNKNOWN), noted(1, KNOWN)), second.names);
  expect(both.calls.map(({ called }) => called?.contract)).toEqual([undefined, 'Purse']);
  expect(second.asked).toEqual([UNKNOWN]);

  // What nothing is known of yet is looked up again, and after a change of names all of it.
  const third = namesOf();
  await calls.of('local', page(noted(2, UNKNOWN), noted(1, KNOWN)), third.names);
  expect(third.asked).toEqual([UNKNOWN]);
  calls.forget();
  const fourth = namesOf();
  await calls.of('local', page(noted(1, KNOWN)), fourth.names);
  expect(fourth.asked).toEqual([KNOWN]);
});

test('calls of a chain that does not respond are decoded when it does', async () => {
  const calls = new DecodedCalls();
  const silent = await calls.of('local', page(noted(1, KNOWN)), null);
  expect(silent.calls).toMatchObject([{ id: 1, called: null }]);
  const { names } = namesOf();
  const { calls: later } = await calls.of('local', page(noted(1, KNOWN)), names);
  expect(later).toMatchObject([{ called: { contract: 'Purse' } }]);
});
