import { describe, expect, it } from 'vitest';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { ContractsResult, Transaction } from '#main/shared/result.ts';
import { deploymentStatus } from '#main/shared/run.ts';
import { attemptWords } from './attempt-words.ts';
import { cancelledWords, canRollBack, leftSomething, runOffers } from './run-offers.ts';

const transaction = (index: number, status: Transaction['status']): Transaction => ({
  index,
  kind: 'create',
  chainId: null,
  elsewhere: null,
  contractName: 'Gate',
  address: null,
  function: null,
  arguments: [],
  from: '0x1',
  nonce: index,
  value: '0',
  hash: null,
  blockNumber: null,
  gasUsed: null,
  gasPrice: null,
  status,
  verified: false,
});

const sent = (transactions: Transaction[]): ContractsResult => ({
  ...{ family: 'contracts', chainId: 31337, source: null, contracts: [], transactions },
  sender: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
});

const run: DeploymentDetail = {
  id: 7,
  number: 3,
  project: { id: 1, name: 'vault' },
  kind: 'foundry',
  family: 'contracts',
  target: 'local',
  title: 'script/Many.s.sol:Many run(uint256)',
  status: 'cancelled',
  live: true,
  input: {
    script: 'script/Many.s.sol:Many',
    sig: 'run(uint256)',
    args: ['12'],
    from: '1',
    snapshot: false,
  },
  summary: null,
  commit: null,
  branch: null,
  dirty: null,
  createdAt: 0,
  startedAt: 1,
  endedAt: 2,
  failure: null,
  trigger: 'manual',
  priority: 10,
  retryOf: null,
  review: null,
  attempt: 1,
  deadLetter: false,
  phases: [],
  result: sent([transaction(0, 'success'), transaction(1, 'pending')]),
  command: null,
  snapshot: { id: 4, name: 'before vault #3' },
  warnings: [],
  lastSeq: 9,
};

describe('what is offered for a run', () => {
  it('is either its end or what comes after it, whatever its status', () => {
    for (const status of deploymentStatus.options) {
      const offers = runOffers({ status, deadLetter: true });
      expect(offers.cancel).toBe(!offers.edit);
      expect(offers.cancel && (offers.retry || offers.redeploy || offers.dismiss)).toBe(false);
    }
    expect(runOffers({ status: 'succeeded', deadLetter: false })).toMatchObject({
      retry: false,
      redeploy: true,
      dismiss: false,
    });
    expect(runOffers({ status: 'failed', deadLetter: false }).dismiss).toBe(false);
    expect(runOffers({ status: 'interrupted', deadLetter: true }).dismiss).toBe(true);
  });

  it('leads back to the snapshot when a part of it stayed on the chain', () => {
    expect(leftSomething(run)).toBe(true);
    expect(leftSomething({ ...run, status: 'failed' })).toBe(true);
    expect(leftSomething({ ...run, live: false })).toBe(false);
    expect(leftSomething({ ...run, snapshot: null })).toBe(false);
    expect(leftSomething({ ...run, status: 'cancelling' })).toBe(false);
    expect(leftSomething({ ...run, result: sent([transaction(0, 'pending')]) })).toBe(false);
  });

  it('offers no way back from a run that sent nothing, however it ended', () => {
    const nothing = { ...run, result: sent([]) };
    for (const status of deploymentStatus.options) {
      expect(canRollBack({ ...nothing, status })).toBe(false);
    }
    expect(canRollBack({ ...run, status: 'failed', result: null })).toBe(false);
    expect(canRollBack({ ...run, result: sent([transaction(0, 'pending')]) })).toBe(false);
    expect(canRollBack({ ...run, status: 'succeeded' })).toBe(true);
    expect(canRollBack({ ...run, status: 'failed' })).toBe(true);
  });

  it('says how far a cancelled run came', () => {
    expect(cancelledWords(run)).toContain('1 of 2 transactions');
    expect(cancelledWords({ ...run, live: false })).toContain('reverted since');
    expect(cancelledWords({ ...run, result: sent([]) })).toContain('before anything');
  });

  it('speaks of a second attempt only when there was one', () => {
    expect(attemptWords(1)).toBeNull();
    expect(attemptWords(2)).toBe('Second attempt after a restart');
    expect(attemptWords(9)).toContain('9');
  });
});
