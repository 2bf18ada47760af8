import { encodeFunctionData, parseAbi } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { UpgradeGate } from './upgrade-gate.ts';
import {
  type CheckedUpgrade,
  type PlannedCall,
  retryWithConsent,
  reviewUpgrades,
  type UpgradesToCheck,
} from './upgrades.ts';

const PROXY = '0x5fbdb2315678afecb367f032d93f642f64180aa3';
const CODE = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512';
const data = encodeFunctionData({ abi: parseAbi(['function upgradeTo(address)']), args: [CODE] });

const asked = (planned: readonly PlannedCall[], allowed: boolean): UpgradesToCheck => ({
  network: {
    ...{ name: 'local', chainId: 31337, isOwn: true, isStopped: false },
    call: () => Promise.reject(new Error('nothing is asked')),
    async *instructions() {},
  },
  project: { id: 1, name: 'up' },
  ...{ deployment: 7, allowed, planned },
});

const checkedAs = (verdict: CheckedUpgrade['verdict']): CheckedUpgrade => ({
  proxy: { address: PROXY, kind: 'uups' },
  from: { name: 'Box', address: CODE },
  to: { name: 'BoxMoved', address: CODE },
  verdict,
  findings: [{ level: 'error', topic: 'storage', message: 'Inserted `x`.', detail: null }],
});

function gateFor(verdict: CheckedUpgrade['verdict'], allowed = false, reviewsAll = false) {
  const reviewed: PlannedCall[][] = [];
  const said: string[] = [];
  const gate = new UpgradeGate({
    review(calls) {
      reviewed.push([...calls]);
      return reviewUpgrades(
        async () => [checkedAs(verdict)],
        asked(calls, allowed),
        retryWithConsent(7),
      );
    },
    reviewsAll,
    note: (line) => said.push(line),
    warn: (message) => said.push(message),
  });
  return { gate, reviewed, said };
}

const KEY = `0x${'1'.repeat(64)}` as const;

const signed = () =>
  privateKeyToAccount(KEY).signTransaction({
    ...{ to: PROXY, data, chainId: 31337, gas: 100_000n, nonce: 0 },
    ...{ maxFeePerGas: 1n, maxPriorityFeePerGas: 1n },
  });

test('an unsafe upgrade is not let through, nor anything after it, signed by the tool or not', async () => {
  for (const [asked, from] of [
    [{ to: PROXY, data }, null],
    [{ to: PROXY, input: data, from: CODE, value: '0x0' }, CODE],
    [await signed(), privateKeyToAccount(KEY).address],
  ] as const) {
    const { gate, reviewed, said } = gateFor('unsafe');
    await gate.pass({ to: PROXY, data: '0x' });
    await expect(gate.pass(asked)).rejects.toThrow(/Box behind 0x\w+ to BoxMoved is unsafe/);
    await expect(gate.pass({ to: PROXY, data: '0x' })).rejects.toThrow(/is unsafe/);
    expect(gate.refused).toMatchObject({ code: 'UNSAFE_UPGRADE' });
    expect(reviewed).toEqual([[{ from, to: PROXY, value: '0x0', input: data, creates: [] }]]);
    expect(said).toContain('  error (storage): Inserted `x`.');
  }
});

test('a safe one, or one with consent, is looked at once and let through', async () => {
  for (const [verdict, allowed] of [
    ['safe', false],
    ['unsafe', true],
    ['unproven', false],
  ] as const) {
    const { gate, reviewed } = gateFor(verdict, allowed);
    await gate.pass({ to: PROXY, data });
    await gate.pass({ to: PROXY, data });
    expect(gate.refused).toBeNull();
    expect(reviewed).toHaveLength(1);
  }
});

test.each([undefined, null, 1, '0x', 'x', {}, { data: '0x00' }, { to: null, data }])(
  'what is no upgrade is let through: %j',
  async (asked) => {
    const { gate, reviewed } = gateFor('unsafe');
    await gate.pass(asked);
    expect(reviewed).toEqual([]);
  },
);

test('where what is called may upgrade, every transaction is looked at, each once', async () => {
  const { gate, reviewed } = gateFor('unsafe', true, true);
  for (const data of ['0x01', '0x01', '0x02']) await gate.pass({ to: PROXY, data });
  await gate.pass({ data: '0x03' });
  expect(reviewed.map(([one]) => [one?.to, one?.input])).toEqual([
    [PROXY, '0x01'],
    [PROXY, '0x02'],
    [null, '0x03'],
  ]);
});

test('an upgrade whose check can not be made is sent with consent alone', async () => {
  const failing = () => Promise.reject(new Error('no node'));
  const why = 'Whether it upgrades a proxy safely could not be checked: no node.';
  expect(await reviewUpgrades(failing, asked([], false), retryWithConsent(7))).toMatchObject({
    refused: { code: 'UPGRADE_NOT_CHECKED', message: expect.stringContaining(why) },
    warnings: [],
  });
  expect(await reviewUpgrades(failing, asked([], true), retryWithConsent(7))).toEqual({
    ...{ refused: null, notes: [] },
    warnings: [why],
  });
});
