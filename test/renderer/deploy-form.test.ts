import { describe, expect, it } from 'vitest';
import type { Network } from '#main/features/networks/contract.ts';
import type { Script } from '#main/features/projects/contract.ts';
import { argumentProblem } from '#renderer/features/deployments/argument-check.ts';
import { resolveDeploy } from '#renderer/features/deployments/resolve-deploy.ts';
import { type NetworkDraft, networkInput } from '#renderer/features/networks/network-input.ts';

const network = (name: string, kind: Network['kind']): Network => ({
  name,
  kind,
  chainId: 1,
  url: null,
  forkBlock: null,
  keepChainId: false,
  port: null,
  source: 'shipped',
});

const networks = [network('mainnet', 'fork'), network('local', 'local'), network('live', 'remote')];

const run = { name: 'run', signature: 'run()', inputs: [] };
const runWith = {
  name: 'run',
  signature: 'run(address,bool,string)',
  inputs: [
    { name: 'owner', type: 'address' },
    { name: 'open', type: 'bool' },
    { name: 'note', type: 'string' },
  ],
};

const scripts: Script[] = [
  {
    file: 'script/Aaa.s.sol',
    isDefault: false,
    contracts: [{ name: 'Aaa', functions: [run] }],
  },
  {
    file: 'script/Deploy.s.sol',
    isDefault: true,
    contracts: [{ name: 'Deploy', functions: [runWith, run] }],
  },
];

describe('the deploy form', () => {
  it('starts with local, the default script and run()', () => {
    expect(resolveDeploy(1, {}, networks, scripts).ready).toEqual({
      project: 1,
      network: 'local',
      script: 'script/Deploy.s.sol:Deploy',
      sig: 'run()',
    });
  });

  it('falls back when what was chosen is gone', () => {
    const draft = { network: 'was-removed', script: 'script/Gone.s.sol:Gone', signature: 'gone()' };
    const choice = resolveDeploy(1, draft, networks, scripts);
    expect(choice.network?.name).toBe('local');
    expect(choice.ready?.script).toBe('script/Deploy.s.sol:Deploy');
  });

  it('asks for arguments, except where empty is a value', () => {
    const draft = { signature: runWith.signature };
    const choice = resolveDeploy(1, draft, networks, scripts);
    expect(choice.ready).toBeNull();
    expect(choice.missing).toContain('owner (address)');
    expect(choice.wrong).toBe(0);
    const mistyped = { ...draft, args: { [choice.argsKey]: ['0x12'] } };
    expect(resolveDeploy(1, mistyped, networks, scripts)).toMatchObject({
      ready: null,
      missing: 'Correct owner. An address is 0x and 40 hex digits.',
      wrong: 0,
    });

    const owner = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
    const filled = { ...draft, args: { [choice.argsKey]: [owner] } };
    expect(resolveDeploy(1, filled, networks, scripts).ready?.args).toEqual([owner, 'false', '']);
  });

  it('sends a signer to a remote network, and nothing that only a chain of ours has', () => {
    const draft = { network: 'live', from: '3', snapshot: true };
    expect(resolveDeploy(1, draft, networks, scripts).missing).toContain('keystore account');
    const signed = { ...draft, account: ' deployer ', passwordFile: '/secrets/deployer' };
    const { ready } = resolveDeploy(1, signed, networks, scripts);
    expect(ready).toMatchObject({ account: 'deployer', passwordFile: '/secrets/deployer' });
    expect([ready?.from, ready?.snapshot]).toEqual([undefined, undefined]);
  });

  it('never sends a keystore account to a chain of ours', () => {
    const draft = { network: 'local', account: 'deployer', passwordFile: '/secrets/deployer' };
    const { ready } = resolveDeploy(1, draft, networks, scripts);
    expect([ready?.account, ready?.passwordFile]).toEqual([undefined, undefined]);
  });

  it('says so when there is no script', () => {
    expect(resolveDeploy(1, {}, networks, []).missing).toContain('no deploy script');
  });
});

describe('a first look at an argument', () => {
  it.each([
    ['address', '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'],
    ['uint256', '1000000'],
    ['uint256', '0x2a'],
    ['uint256', '1ether'],
    ['address', 'f39Fd6e51aad88F6F4ce6aB8827279cffFb92266'],
    ['uint256', '2 Kwei'],
    ['uint256', '1.5E18'],
    ['bytes4', '12345678'],
    ['int8', '-1'],
    ['bytes4', '0x12345678'],
    ['bytes', '0x'],
    ['string', 'anything at all'],
    ['uint256[]', '[1,2]'],
    ['(address,uint256)', '(0x0,1)'],
  ])('lets %s %s pass', (type, value) => {
    expect(argumentProblem(type, value)).toBeNull();
  });

  it.each([
    ['address', '0x1234'],
    ['uint256', '12x'],
    ['uint256', '-1'],
    ['bytes4', '0x1234'],
    ['bytes', '0x123'],
  ])('stops %s %s', (type, value) => {
    expect(argumentProblem(type, value)).not.toBeNull();
  });
});

describe('the network form', () => {
  const draft: NetworkDraft = {
    name: 'my-fork',
    kind: 'fork',
    url: 'https://rpc.example',
    chainId: '',
    forkBlock: '21_204_118',
    port: '',
    keepChainId: false,
  };

  it('saves what was typed; an empty field is the default', () => {
    expect(networkInput(draft, null).input).toEqual({
      name: 'my-fork',
      kind: 'fork',
      url: 'https://rpc.example',
      chainId: undefined,
      forkBlock: 21_204_118,
      keepChainId: false,
      port: null,
    });
  });

  it('keeps the stored address when none is typed', () => {
    const existing = { ...network('my-fork', 'fork'), url: 'https://rpc.example/***' };
    expect(networkInput({ ...draft, url: '' }, existing).input?.url).toBeUndefined();
    expect(networkInput({ ...draft, url: '' }, null).problems.url).toBeDefined();
  });

  it.each([
    ['name', { name: 'no spaces please' }],
    ['url', { url: 'ftp://rpc.example' }],
    ['url', { url: 'https://' }],
    ['chainId', { chainId: '0' }],
    ['chainId', { chainId: 'one' }],
    ['forkBlock', { forkBlock: '-1' }],
    ['port', { port: '70000' }],
  ] as const)('stops a wrong %s', (field, change) => {
    const { input, problems } = networkInput({ ...draft, ...change }, null);
    expect(input).toBeNull();
    expect(problems[field]).toBeDefined();
  });
});
