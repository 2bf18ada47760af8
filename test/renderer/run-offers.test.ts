import { describe, expect, it } from 'vitest';
import {
  type DeploymentDetail,
  deploymentStatus,
  startInput,
  type Transaction,
} from '#main/features/deployments/contract.ts';
import { attemptWords } from '#renderer/features/deployments/attempt-words.ts';
import { draftOfRun } from '#renderer/features/deployments/draft-of-run.ts';
import { resolveDeploy } from '#renderer/features/deployments/resolve-deploy.ts';
import {
  cancelledWords,
  leftSomething,
  runOffers,
} from '#renderer/features/deployments/run-offers.ts';

const transaction = (index: number, status: Transaction['status']): Transaction => ({
  index,
  kind: 'create',
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

const run: DeploymentDetail = {
  id: 7,
  number: 3,
  project: { id: 1, name: 'vault' },
  network: 'local',
  chainId: 31337,
  status: 'cancelled',
  live: true,
  script: 'script/Many.s.sol:Many',
  signature: 'run(uint256)',
  args: ['12'],
  from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  commit: null,
  branch: null,
  dirty: null,
  createdAt: 0,
  startedAt: 1,
  endedAt: 2,
  contractCount: 1,
  gasUsed: null,
  failure: null,
  trigger: 'manual',
  priority: 10,
  retryOf: null,
  attempt: 1,
  deadLetter: false,
  request: { from: '1', snapshot: false },
  phases: [],
  contracts: [],
  transactions: [transaction(0, 'success'), transaction(1, 'pending')],
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
    expect(leftSomething({ ...run, transactions: [transaction(0, 'pending')] })).toBe(false);
  });

  it('says how far a cancelled run came', () => {
    expect(cancelledWords(run)).toContain('1 of 2 transactions');
    expect(cancelledWords({ ...run, live: false })).toContain('reverted since');
    expect(cancelledWords({ ...run, transactions: [] })).toContain('before anything');
  });

  it('speaks of a second attempt only when there was one', () => {
    expect(attemptWords(1)).toBeNull();
    expect(attemptWords(2)).toBe('Second attempt after a restart');
    expect(attemptWords(9)).toContain('9');
  });
});

describe('the form filled with an earlier request', () => {
  const uint = { name: 'count', type: 'uint256' };
  const scripts = [
    {
      file: 'script/Deploy.s.sol',
      isDefault: true,
      contracts: [{ name: 'Deploy', functions: [{ name: 'run', signature: 'run()', inputs: [] }] }],
    },
    {
      file: 'script/Many.s.sol',
      isDefault: false,
      contracts: [
        {
          name: 'Many',
          functions: [{ name: 'run', signature: 'run(uint256)', inputs: [uint] }],
        },
      ],
    },
  ];
  const network = (name: string, kind: 'local' | 'remote') => ({
    name,
    kind,
    chainId: 1,
    url: null,
    forkBlock: null,
    keepChainId: false,
    port: null,
    source: 'shipped' as const,
  });
  const networks = [network('live', 'remote'), network('local', 'local')];

  it('asks for the same again, as it was asked for and not as it came out', () => {
    const draft = draftOfRun(run, { args: { 'other run()': ['kept'] }, replaceWaiting: true });
    expect(draft.retryOf).toEqual({ id: 7, number: 3 });
    expect(draft.args?.['other run()']).toEqual(['kept']);
    const { ready } = resolveDeploy(1, draft, networks, scripts);
    expect(startInput.parse(ready)).toEqual({
      project: 1,
      network: 'local',
      script: run.script,
      sig: run.signature,
      args: ['12'],
      from: '1',
      snapshot: false,
      priority: 10,
      replaceWaiting: true,
    });
  });

  it('keeps who signs on a network of others, and leaves out what holds for chains only', () => {
    const remote = {
      ...run,
      network: 'live',
      request: { account: 'deployer', passwordFile: '/secrets/d', snapshot: true },
    };
    expect(resolveDeploy(1, draftOfRun(remote, {}), networks, scripts).ready).toMatchObject({
      network: 'live',
      account: 'deployer',
      passwordFile: '/secrets/d',
      from: undefined,
      snapshot: undefined,
    });
  });

  it('leaves nothing of the draft before it that would change the request', () => {
    const before = { from: '5', account: 'other', priority: -10, snapshot: true };
    const plain = { ...run, priority: 0, request: { snapshot: false } };
    expect(resolveDeploy(1, draftOfRun(plain, before), networks, scripts).ready).toMatchObject({
      from: undefined,
      account: undefined,
      priority: undefined,
      snapshot: false,
    });
  });
});
