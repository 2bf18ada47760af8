import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { PROXY_SLOTS } from '#main/eth/inside/proxy.ts';
import { rpc } from '#main/eth/rpc.ts';
import { contractsResultOf } from '#main/shared/result-parts.ts';
import type { World } from './world.ts';

/** `good` must be accepted by an operation as the world is then, each of `wrong` be refused. */
export interface Examples {
  good?: unknown;
  wrong?: unknown[];
}

export type Made = (world: World) => Examples | Promise<Examples>;

const NOWHERE = 'not-there';
/** The key that there is. */
export const KEY = 'signer';
const PROXY = `0x${'7'.repeat(40)}`;
/** Passes every call on to what the slot of EIP-1967 says. */
const PASSES_ON = `0x36600060003760006000366000${`7f${PROXY_SLOTS.implementation.slice(2)}`}545af43d600060003e3d6000f3`;
const NO_ID = 999_999;

/** Operations that take a project, a chain, … by name: theirs, and one that there isn't. */
const project =
  (more: object = {}): Made =>
  () => ({ good: { project: 'vault', ...more }, wrong: [{ ...more, project: NOWHERE }] });
const chain =
  (more: object = {}): Made =>
  () => ({ good: { chain: 'local', ...more }, wrong: [{ ...more, chain: NOWHERE }] });
const network =
  (more: object = {}): Made =>
  () => ({ good: { network: 'local', ...more }, wrong: [{ network: NOWHERE, ...more }] });
const run =
  (more: object = {}): Made =>
  ({ runs }) => ({ good: { id: runs.succeeded, ...more }, wrong: [{ ...more, id: NO_ID }] });
const terminal =
  (more: object = {}): Made =>
  (world) => ({ good: { id: world.terminal, ...more }, wrong: [{ ...more, id: NOWHERE }] });
const webhook =
  (more: object = {}): Made =>
  () => ({ good: { webhook: 'hook', ...more }, wrong: [{ ...more, webhook: NOWHERE }] });
const container =
  (more: object = {}): Made =>
  (world) => ({
    good: { container: world.container, ...more },
    wrong: [{ ...more, container: NOWHERE }],
  });
/** A contract that is on the chain for sure. */
const deployed =
  (more: object = {}): Made =>
  async (world) => {
    await world.run();
    return {
      good: { contract: 'vault.Vault', ...more },
      wrong: [
        { contract: NOWHERE, ...more },
        { contract: 'vault.Vault', ...more, network: NOWHERE },
      ],
    };
  };
/** One that was sent to the chain. */
const sentTransaction =
  (more: object = {}): Made =>
  async ({ client }) => {
    const call = rpc((await client.chains.get({ chain: 'local' })).rpcUrl ?? '');
    const [from] = await call<string[]>('eth_accounts');
    const hash = await call<string>('eth_sendTransaction', [{ from, to: from }]);
    return {
      good: { network: 'local', hash, ...more },
      wrong: [
        { network: NOWHERE, hash },
        { network: 'local', hash: `0x${'1'.repeat(64)}` },
      ],
    };
  };
/** A snapshot that a chain has. */
const takenSnapshot =
  (more: object = {}): Made =>
  async ({ client }) => {
    const { id } = await client.chains.snapshot({ chain: 'local' });
    return {
      good: { chain: 'local', before: id, ...more },
      wrong: [
        { chain: 'local', before: NOWHERE, ...more },
        { chain: NOWHERE, before: id, ...more },
      ],
    };
  };
/** A variable of the project that is kept. */
const keptVariable =
  (name: string): Made =>
  async ({ client }) => {
    await client.environments.set({ project: 'vault', name, value: 'kept-1' });
    return {
      good: { project: 'vault', name },
      wrong: [{ project: 'vault', name: 'NEVER_SET' }, { name }],
    };
  };
const filter: Made = () => ({ good: { project: 'vault' }, wrong: [{ project: NOWHERE }] });
/** Every field may be left out. */
const anything: Made = () => ({ good: {} });

/** Only of a remote network. */
const railed = (network: string, more: object = {}) => ({
  good: { network, ...more },
  wrong: [
    { network: NOWHERE, ...more },
    { network: 'local', ...more },
  ],
});

/** Account 0 of a chain of ours, which has ether. */
const RICH = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

/** A review that can be decided: of the key that there is. */
const reviewed: Made = async ({ client }) => {
  const id = await rehearsed(client);
  return { good: { id }, wrong: [{ id: NO_ID }] };
};

/** One whose first transaction is in no block. */
const waitingReview: Made = async ({ client }) => {
  const id = await rehearsed(client);
  await client.chainControls.mining({ chain: 'local', mode: 'manual' });
  await client.reviews.approve({ id });
  const maxFeePerGas = `${10n ** 12n}`;
  await vi.waitUntil(async () => (await client.reviews.get({ id })).signed.length > 0);
  return { good: { id, maxFeePerGas }, wrong: [{ id: NO_ID, maxFeePerGas }] };
};

async function rehearsed(client: World['client']): Promise<number> {
  const { address } = await client.keys.grant({ name: KEY });
  await client.chains.fund({ chain: 'local', address: address as string, ether: '1' });
  const { id } = await client.reviews.rehearse({
    ...{ project: 'vault', target: 'near', input: { key: KEY } },
  });
  const isRehearsing = async () => (await client.reviews.get({ id })).status === 'rehearsing';
  await vi.waitUntil(async () => !(await isRehearsing()));
  return id;
}

/** By procedure. One that isn't here takes nothing. */
export const examples: Record<string, Made> = {
  'projects.get': project(),
  'projects.add': ({ project: { path } }) => ({ good: { path }, wrong: [{ path: '/nowhere/x' }] }),
  'templates.create': ({ project: { path } }) => ({
    good: { kind: 'foundry', path: `${path}/new-${Date.now()}` },
    wrong: [
      { kind: 'foundry', path },
      { kind: 'foundry', path: '/nowhere/x' },
      { kind: 'app', path: `${path}/never` },
    ],
  }),
  'projects.detect': ({ project: { path } }) => ({
    good: { path },
    wrong: [{ path: '/nowhere/x' }],
  }),
  'projects.remove': project(),
  'projects.edit': project({ name: 'renamed', color: 'teal', group: 'Mine' }),
  'projects.move': project({ before: null }),
  'projects.setEngine': project({ engine: 'process' }),
  'projects.setDockerfile': project({ dockerfile: 'Dockerfile' }),
  'projects.toolVersions': project(),
  'projects.setToolVersion': project({ tool: 'foundry', version: '1.7.1' }),
  'projects.choices': project(),
  'projects.git': project(),
  'projects.trust': project(),
  'projects.untrust': project(),
  'projects.trustQuestion': project(),
  'projects.trustParent': ({ project: { path } }) => ({
    good: { path },
    wrong: [{ path: '/nowhere/x' }, { path: '/' }],
  }),
  'projects.untrustParent': async ({ client, project: { path } }) => {
    await client.projects.trustParent({ path });
    return { good: { path }, wrong: [{ path: '/nowhere/x' }] };
  },
  'openIn.project': project({ in: 'editor' }),
  'openIn.dataFolder': () => ({ good: {} }),
  'projects.libraries': project(),
  'projects.install': async ({ client, project: { path: folder } }) => {
    const inner = path.join(folder, 'lacking');
    mkdirSync(inner, { recursive: true });
    writeFileSync(path.join(inner, 'foundry.toml'), '');
    writeFileSync(path.join(inner, 'package.json'), '{"dependencies": {"it": "file:it"}}');
    await client.projects.add({ path: inner, name: 'lacking' });
    return {
      good: { project: 'lacking', with: 'npm' },
      wrong: [{ project: NOWHERE }, { project: 'vault', with: 'bun' }],
    };
  },
  'projects.browse': () => ({
    good: { path: '/', anywhere: true },
    wrong: [{ path: '/' }, { path: '/no/such/folder', anywhere: true }],
  }),
  'projects.completePath': () => ({ good: { prefix: '/' } }),
  'networks.get': () => ({ good: { name: 'local' }, wrong: [{ name: NOWHERE }] }),
  'networks.save': ({ networks }) => ({
    good: { name: 'new', kind: 'remote', url: 'http://127.0.0.1:9' },
    wrong: [
      { name: networks.chain, kind: 'fork', url: 'http://127.0.0.1:9' },
      { name: 'new', kind: 'remote', headers: { 'x-key': 'value' } },
    ],
  }),
  'networks.edit': ({ networks }) => ({
    good: { name: networks.far, label: 'Far away', color: 'teal', group: 'Abroad' },
    wrong: [
      { name: NOWHERE, color: null },
      { name: networks.far, label: networks.near },
    ],
  }),
  'networks.move': ({ networks }) => ({
    good: { name: networks.far, before: networks.near },
    wrong: [{ name: NOWHERE, before: null }],
  }),
  'networks.remove': ({ networks }) => ({
    good: { name: networks.far },
    wrong: [{ name: NOWHERE }],
  }),
  'networks.test': ({ networks }) => ({
    good: { name: networks.near },
    wrong: [{ name: NOWHERE }],
  }),
  'chains.get': chain(),
  'chains.upstream': ({ networks }) => ({
    good: { chain: networks.fork },
    wrong: [{ chain: NOWHERE }, { chain: 'local' }],
  }),
  'chains.watch': chain(),
  'chains.start': ({ networks }) => ({
    good: { chain: networks.fork, fresh: true },
    wrong: [{ chain: NOWHERE }],
  }),
  'chains.save': chain(),
  'chains.stop': chain(),
  'chains.restart': chain(),
  'chains.accounts': chain(),
  'chains.mnemonic': chain(),
  'chains.fund': chain({ address: '0x00000000000000000000000000000000000000aa', ether: '1' }),
  'chains.mine': chain({ blocks: 2 }),
  'chains.warp': chain({ seconds: 10 }),
  'chainControls.mining': chain({ mode: 'interval', seconds: 3600 }),
  'chainControls.pending': chain(),
  'chainControls.nextBlock': chain({ baseFee: '3gwei', gasLimit: 40_000_000 }),
  'chainControls.jump': async ({ client }) => {
    // On a busy machine a chain may not respond in time, and nothing is known of its blocks then.
    const newest = await vi.waitFor(
      async () => {
        const { blockTime } = await client.chains.get({ chain: 'local' });
        if (blockTime === null) throw new Error('the newest block is not known');
        return blockTime;
      },
      { timeout: 60_000, interval: 200 },
    );
    const time = newest + 1000;
    return { good: { chain: 'local', time }, wrong: [{ chain: 'local', time: 1 }] };
  },
  'chainControls.account': chain({
    ...{ address: '0x00000000000000000000000000000000000000aa', balance: '1.5ether' },
  }),
  'chainControls.drop': chain(),
  'chains.snapshots': chain(),
  'chains.snapshot': chain({ name: 'another' }),
  'chains.revert': ({ snapshot }) => ({
    good: { chain: 'local', snapshot },
    wrong: [{ chain: 'local', snapshot: NOWHERE }],
  }),
  'chains.describeSnapshot': ({ snapshot }) => ({
    good: { chain: 'local', snapshot, note: 'with tokens', pinned: true },
    wrong: [
      { chain: 'local', snapshot: NOWHERE, pinned: true },
      { chain: NOWHERE, snapshot },
    ],
  }),
  'chains.removeSnapshot': ({ snapshot }) => ({
    good: { chain: 'local', snapshot },
    wrong: [{ chain: 'local', snapshot: NOWHERE }],
  }),
  'deployDefaults.list': project(),
  'deployDefaults.get': project({ target: 'local' }),
  'deployDefaults.set': () => ({
    good: { project: 'vault', target: 'local', input: { from: '1' } },
    wrong: [
      { project: NOWHERE, target: 'local', input: {} },
      { project: 'vault', target: NOWHERE, input: {} },
      { project: 'vault', target: 'local', input: { paper: 'lined' } },
    ],
  }),
  'deployDefaults.remove': project({ target: 'local' }),
  'environments.list': project({ target: 'local' }),
  'environments.set': () => ({
    good: { project: 'vault', target: 'local', name: 'API_KEY', value: 'a-key-of-mine', note: 'x' },
    wrong: [
      { project: NOWHERE, name: 'API_KEY', value: '1' },
      { project: 'vault', target: NOWHERE, name: 'API_KEY', value: '1' },
      { name: 'NEVER_SET', note: 'without a value' },
      { name: 'PATH', value: '/bin' },
      { name: 'BOTH', value: '1', reference: 'env:HOME' },
    ],
  }),
  'environments.check': project({ target: 'local' }),
  'environments.read': project({ text: 'API_KEY=a-key\n' }),
  'environments.import': async ({ client }) => {
    await client.environments.set({ project: 'vault', name: 'TAKEN', value: 'kept-1' });
    const text = 'TAKEN=other-1\nNEW=1\n';
    return {
      good: { project: 'vault', text, replace: ['TAKEN'] },
      wrong: [
        { project: NOWHERE, text },
        { project: 'vault', text: 'TAKEN=other-2\n' },
      ],
    };
  },
  'environments.export': project({ values: true }),
  'environments.unset': keptVariable('PASSING'),
  'environments.reveal': keptVariable('SHOWN'),
  'deployments.start': project({ target: 'local' }),
  'watches.start': async ({ client }) => {
    await client.watches.stop({ project: 'vault' });
    return { good: { project: 'vault', target: 'local' }, wrong: [{ project: NOWHERE }] };
  },
  'watches.stop': project(),
  'watches.follow': project(),
  'deployments.get': run(),
  'deployments.list': filter,
  'deployments.watch': run(),
  'deployments.liveLine': run(),
  'deployments.logs': run(),
  'deployments.cancel': async ({ client, runs }) => {
    const { id } = await client.deployments.start({ project: 'vault', target: 'local' });
    return { good: { id }, wrong: [{ id: runs.succeeded }] };
  },
  'deployments.retry': run(),
  'deployments.redeploy': run({ asItIsNow: true }),
  'deployments.rollback': async (world) => ({
    good: { id: await world.run(), dryRun: true },
    wrong: [{ id: NO_ID }],
  }),
  'deployments.stop': run(),
  'deployments.dismiss': run(),
  'deployments.limits': project(),
  'deployments.setLimits': project({ limits: { run: 60 } }),
  'history.list': filter,
  'history.search': () => ({
    good: { text: 'Token', project: 'vault' },
    wrong: [{ text: 'Token', project: NOWHERE }],
  }),
  'history.get': run(),
  'history.pin': run({ pinned: true }),
  'history.note': run({ note: 'A note.' }),
  'history.tag': run({ add: ['one'] }),
  'history.mark': ({ runs }) => ({
    good: { ids: [runs.succeeded], pinned: true, add: ['one'] },
    wrong: [{ ids: [runs.succeeded, NO_ID], pinned: false }],
  }),
  'history.log': run(),
  'history.live': run(),
  'history.diff': ({ runs }) => ({
    good: { a: runs.succeeded, b: runs.second },
    wrong: [{ a: runs.succeeded, b: NO_ID }],
  }),
  'history.export': run({ format: 'addresses' }),
  'history.exportLive': () => ({ good: { network: 'local' }, wrong: [{ network: NOWHERE }] }),
  'history.exportList': filter,
  'doctor.repairs': anything,
  'settings.reset': () => ({ good: { key: 'theme' }, wrong: [{ key: 'bogus' }] }),
  'settings.set': () => ({ good: { theme: 'dark' }, wrong: [{ theme: 'pink' }] }),
  'events.list': anything,
  'contracts.live': filter,
  'explorer.transactions': network(),
  'explorer.transaction': sentTransaction({ trace: true, source: true, state: true }),
  'explorer.steps': sentTransaction(),
  'explorer.before': sentTransaction(),
  'explorer.lineGas': sentTransaction(),
  'explorer.functions': sentTransaction(),
  'explorer.step': async (world) => {
    const id = await world.run();
    const { result } = await world.client.deployments.get({ id });
    const hash = contractsResultOf(result)?.contracts.find(({ name }) => name === 'Vault');
    const asked = { network: 'local', hash: hash?.transactionHash, step: 0 };
    return {
      good: asked,
      wrong: [
        { ...asked, step: NO_ID },
        { ...asked, network: NOWHERE },
      ],
    };
  },
  'explorer.source': async (world) => {
    const id = await world.run();
    const { result } = await world.client.deployments.get({ id });
    const vault = contractsResultOf(result)?.contracts.find(({ name }) => name === 'Vault');
    const asked = { network: 'local', hash: vault?.transactionHash };
    return {
      good: { ...asked, file: 'src/Vault.sol' },
      wrong: [
        { ...asked, file: NOWHERE },
        { ...asked, network: NOWHERE, file: 'src/Vault.sol' },
      ],
    };
  },
  'explorer.blocks': network(),
  'explorer.block': network({ block: 'latest' }),
  'explorer.address': network({ address: `0x${'1'.repeat(40)}` }),
  'explorer.addressTransactions': network({ address: `0x${'1'.repeat(40)}` }),
  'find.things': () => ({ good: { text: 'Vault' }, wrong: [{ text: 'x', limit: 0 }] }),
  'explorer.find': network({ text: 'Vault' }),
  'gateway.status': () => ({ good: {} }),
  'gateway.origins': chain(),
  'gateway.decide': () => ({
    good: { chain: 'local', origin: 'https://app.example/swap', decision: 'allow' },
    wrong: [
      { chain: NOWHERE, origin: 'https://app.example', decision: 'allow' },
      { chain: 'local', origin: 'null', decision: 'allow' },
      { chain: 'local', origin: 'file:///page.html', decision: 'deny' },
    ],
  }),
  'gateway.forget': async ({ client }) => {
    const origin = 'https://passing.example';
    await client.gateway.decide({ chain: 'local', origin, decision: 'deny' });
    return {
      good: { chain: 'local', origin },
      wrong: [{ chain: 'local', origin: 'https://never.example' }],
    };
  },
  'gateway.journal': chain({ last: 5 }),
  'gateway.setJournal': chain({ on: true }),
  'gateway.mendNonce': chain({ account: `0x${'9'.repeat(40)}`, nonce: 4 }),
  'gateway.wallet': chain(),
  'addressBook.list': network(),
  'addressBook.set': () => ({
    good: { address: `0x${'5'.repeat(40)}`, label: 'Treasury', color: 'teal' },
    wrong: [
      { address: `0x${'5'.repeat(40)}`, label: 'Treasury', network: NOWHERE },
      { address: `0x${'5'.repeat(40)}`, label: '0x5' },
      { address: `0x${'6'.repeat(40)}` },
    ],
  }),
  'addressBook.remove': async ({ client }) => {
    const address = `0x${'7'.repeat(40)}`;
    await client.addressBook.set({ address, label: 'Passing' });
    return { good: { address }, wrong: [{ address: `0x${'8'.repeat(40)}` }] };
  },
  'stateDiff.compare': takenSnapshot(),
  'stateDiff.export': takenSnapshot({ format: 'solidity' }),
  'accounts.list': network(),
  'accounts.key': network({ account: '0' }),
  'accounts.watch': network({ account: `0x${'9'.repeat(40)}`, note: 'Treasury' }),
  'accounts.unwatch': async ({ client }) => {
    const address = `0x${'a'.repeat(40)}`;
    await client.accounts.watch({ network: 'local', account: address });
    return {
      good: { network: 'local', address },
      wrong: [{ network: 'local', address: `0x${'b'.repeat(40)}` }],
    };
  },
  'accounts.impersonate': network({ account: `0x${'c'.repeat(40)}` }),
  'accounts.stopImpersonating': async ({ client }) => {
    const address = `0x${'d'.repeat(40)}`;
    await client.accounts.impersonate({ network: 'local', account: address });
    return {
      good: { network: 'local', address },
      wrong: [{ network: 'local', address: `0x${'e'.repeat(40)}` }],
    };
  },
  'accounts.deal': async (world) => {
    await world.run();
    const deal = { network: 'local', token: 'vault.Token', to: '1', amount: '5' };
    return {
      good: deal,
      wrong: [
        { ...deal, token: NOWHERE },
        { ...deal, to: NOWHERE },
        { ...deal, network: NOWHERE },
        { ...deal, amount: '-1' },
        { ...deal, id: '1' },
      ],
    };
  },
  'insights.runs': project(),
  'insights.standing': anything,
  'insights.machine': anything,
  'gas.report': network(),
  'gas.compare': ({ runs }) => ({
    good: { before: String(runs.succeeded), after: String(runs.second) },
    wrong: [{ before: String(runs.succeeded), after: String(NO_ID) }],
  }),
  'abiSources.setEtherscanKey': () => ({ good: { key: null }, wrong: [{ key: 'short' }] }),
  'rails.get': ({ networks }) => railed(networks.near),
  'rails.set': ({ networks }) =>
    railed(networks.near, {
      ...{ dailyLimit: '5 ether', confirmations: 1, production: false },
      ...{ doors: null, senders: null },
    }),
  'rails.freeze': ({ networks }) => railed(networks.near, { note: 'for now' }),
  'rails.unfreeze': ({ networks }) => railed(networks.near),
  'reviews.rehearse': () => ({
    good: { project: 'vault', target: 'near', input: { from: RICH } },
    wrong: [
      { project: NOWHERE, target: 'near' },
      { project: 'vault', target: 'local' },
      { project: 'vault', target: 'near', input: { key: 'nobody' } },
    ],
  }),
  'reviews.list': filter,
  'reviews.get': reviewed,
  'reviews.check': reviewed,
  'reviews.approve': reviewed,
  'reviews.raiseFee': waitingReview,
  'reviews.reject': reviewed,
  'keys.list': anything,
  'keys.create': () => ({ good: { name: 'fuzzed' }, wrong: [{ name: '../up' }] }),
  'keys.sources': anything,
  'keys.import': () => ({
    good: { name: 'brought', privateKey: `0x${'1'.repeat(64)}` },
    wrong: [{ name: 'brought2', privateKey: '0x1' }],
  }),
  'keys.remove': () => ({
    good: { name: KEY, confirm: KEY },
    wrong: [{ name: KEY }, { name: 'nobody', confirm: 'nobody' }],
  }),
  'keys.grant': () => ({ good: { name: KEY }, wrong: [{ name: 'nobody' }] }),
  'keys.lock': () => ({ good: { name: KEY }, wrong: [{ name: 'nobody' }] }),
  'tokens.list': anything,
  'tokens.create': () => ({
    good: { name: `fuzzed-${Date.now()}`, scope: 'read' },
    wrong: [{ name: '../up' }, { name: 'late', days: 0 }],
  }),
  'tokens.revoke': async ({ client }) => {
    const all = await client.tokens.list();
    const made = all.some(({ name }) => name === 'brief');
    if (!made) await client.tokens.create({ name: 'brief' });
    return { good: { name: 'brief' }, wrong: [{ name: NOWHERE }] };
  },
  'tokens.sessions': anything,
  'tokens.endSession': async ({ app, client }) => {
    (await app.access()).beginSession(`${Math.random()}`, null);
    const [session] = await client.tokens.sessions();
    return { good: { id: session?.id }, wrong: [{ id: NO_ID }] };
  },
  'audit.list': () => ({ good: { action: 'keys' }, wrong: [{ limit: 0 }] }),
  'audit.verify': () => ({ good: {}, wrong: [{ known: { id: 0, hash: 'x' } }] }),
  'audit.export': () => ({ good: { format: 'json' }, wrong: [{ format: 'pdf' }] }),
  'contracts.abi': () => ({
    good: { contract: 'vault.Vault' },
    wrong: [{ contract: NOWHERE }, { contract: NOWHERE, network: NOWHERE }],
  }),
  'verifications.check': deployed(),
  'verifications.bundle': deployed(),
  'verifications.submit': deployed({ to: 'sourcify' }),
  'verifications.list': anything,
  'upgrades.ofRun': ({ runs }) => ({
    good: { id: runs.succeeded },
    wrong: [{ id: NO_ID }],
  }),
  'upgrades.check': async (world) => {
    await world.run();
    const { client } = world;
    const call = rpc((await client.chains.get({ chain: 'local' })).rpcUrl ?? '');
    const { address } = await client.contracts.show({ contract: 'vault.Vault' });
    await call('anvil_setCode', [PROXY, PASSES_ON]);
    const word = `0x${address.slice(2).padStart(64, '0')}`;
    await call('anvil_setStorageAt', [PROXY, PROXY_SLOTS.implementation, word]);
    return {
      good: { contract: PROXY, to: 'vault.Vault', replay: 1 },
      wrong: [
        { contract: 'vault.Vault', to: 'vault.Vault' },
        { contract: PROXY, to: NOWHERE },
      ],
    };
  },
  'verifications.get': async (world) => {
    await world.run();
    const { id } = await world.client.verifications.submit({
      ...{ contract: 'vault.Vault', to: 'sourcify' },
    });
    return { good: { id }, wrong: [{ id: NO_ID }] };
  },
  'contracts.show': deployed(),
  'contracts.senders': deployed({ function: 'exitFee' }),
  'contracts.pin': deployed({ pinned: true }),
  'contracts.code': deployed(),
  'contracts.storage': deployed({ slots: ['0'] }),
  'contracts.setStorage': deployed({ slot: '900', value: '7' }),
  'contracts.events': deployed({ event: 'Transfer' }),
  'contracts.followEvents': deployed({ event: 'Transfer' }),
  'contracts.snippet': deployed({ function: 'exitFee', as: 'viem' }),
  'contracts.add': async ({ client }) => {
    // Junk that is like it may have given the name to another one.
    await client.contracts.remove({ contract: 'Other' }).catch(() => undefined);
    return {
      good: { address: `0x${'3'.repeat(40)}`, name: 'Other', artifact: 'vault.Vault' },
      wrong: [{ address: `0x${'3'.repeat(40)}`, name: 'Other', artifact: NOWHERE }],
    };
  },
  'contracts.remove': async ({ client }) => {
    const abi = [{ type: 'receive', stateMutability: 'payable' }];
    await client.contracts.add({ address: `0x${'4'.repeat(40)}`, name: 'Gone', abi });
    return { good: { contract: 'Gone' }, wrong: [{ contract: NOWHERE }] };
  },
  'contracts.read': deployed({ function: 'exitFee' }),
  'contracts.readAll': deployed(),
  'contracts.readMany': async (world) => {
    await world.run();
    const calls = [{ contract: 'vault.Vault', function: 'exitFee' }];
    return { good: { calls }, wrong: [{ calls, network: NOWHERE }, { calls: [] }] };
  },
  'contracts.calls': anything,
  'contracts.saveCall': deployed({ name: 'fee', function: 'exitFee', replace: true }),
  'contracts.runCall': async (world) => {
    await world.run();
    const call = { contract: 'vault.Vault', function: 'exitFee' };
    await world.client.contracts.saveCall({ ...call, name: 'kept', replace: true });
    return { good: { name: 'kept' }, wrong: [{ name: NOWHERE }] };
  },
  'contracts.removeCall': async (world) => {
    await world.run();
    const call = { contract: 'vault.Vault', function: 'exitFee' };
    await world.client.contracts.saveCall({ ...call, name: 'gone', replace: true });
    return { good: { name: 'gone' }, wrong: [{ name: NOWHERE }] };
  },
  'contracts.simulate': deployed({ function: 'exitFee' }),
  'contracts.send': deployed({ function: 'exitFee' }),
  'artifacts.list': project(),
  'artifacts.get': () => ({ good: { artifact: 'vault.Vault' }, wrong: [{ artifact: NOWHERE }] }),
  'events.watch': () => ({ good: { after: 0 } }),
  'terminals.list': filter,
  'terminals.open': project(),
  'terminals.watch': terminal(),
  'terminals.write': terminal({ text: 'true\n' }),
  'terminals.resize': terminal({ columns: 80, rows: 24 }),
  'terminals.close': terminal(),
  'webhooks.add': () => ({
    good: { name: 'second', url: 'http://127.0.0.1:9' },
    wrong: [{ name: 'hook', url: 'http://127.0.0.1:9' }],
  }),
  'webhooks.update': webhook({ enabled: true }),
  'webhooks.remove': webhook(),
  'webhooks.test': webhook(),
  'webhooks.deliveries': webhook(),
  'webhooks.redeliver': (world) => ({ good: { id: world.delivery }, wrong: [{ id: NO_ID }] }),
  'data.prune': () => ({ good: { dryRun: false } }),
  'data.setRetention': () => ({ good: { logRuns: 20 }, wrong: [{ logRuns: 19 }] }),
  'backups.restore': (world) => ({ good: { backup: world.backup }, wrong: [{ backup: NOWHERE }] }),
  'backups.remove': (world) => ({ good: { backup: world.backup }, wrong: [{ backup: NOWHERE }] }),
  'containers.stats': container(),
  'containers.statsOnce': container(),
  'containers.logs': container({ follow: false }),
  'containers.stop': container(),
  'containers.remove': container(),
  'containers.cleanup': () => ({ good: { dryRun: false } }),
  'images.build': async ({ client }) => {
    await client.projects.setDockerfile({ project: 'vault', dockerfile: 'Dockerfile' });
    return { good: { project: 'vault' }, wrong: [{ project: NOWHERE }] };
  },
  'images.remove': (world) => ({ good: { image: world.image }, wrong: [{ image: NOWHERE }] }),
};

/** Of the plain API. */
export const simpleExamples: Record<string, Made> = {
  deploy: (world) => ({
    good: { path_url: world.project.path, framework: 'foundry' },
    wrong: [{ path_url: '/nowhere/x', framework: 'foundry' }],
  }),
  publish: (world) => ({
    good: { path_url: world.project.path, framework: 'foundry', network: 'local' },
    wrong: [{ path_url: world.project.path, framework: 'foundry', network: NOWHERE }],
  }),
  'networks.get': () => ({
    good: { network_name: 'local' },
    wrong: [{ network_name: NOWHERE }],
  }),
};

/** How often the random part is tried where one try is real work: a chain, a run, a build. */
export const slow: Record<string, number> = {
  'chains.start': 10,
  'chains.save': 15,
  'chains.stop': 10,
  'chains.restart': 8,
  'chains.revert': 8,
  'chains.snapshot': 15,
  'deployments.start': 12,
  'deployments.retry': 10,
  'deployments.redeploy': 10,
  'deployments.rollback': 10,
  'reviews.rehearse': 3,
  'reviews.raiseFee': 5,
  'watches.start': 5,
  'verifications.check': 8,
  'verifications.submit': 8,
  'verifications.bundle': 8,
  'stateDiff.compare': 10,
  'stateDiff.export': 10,
  'explorer.step': 12,
  'networks.test': 10,
  'terminals.open': 10,
  'data.prune': 10,
  'backups.restore': 10,
  'containers.stats': 15,
  'containers.statsOnce': 8,
  'images.build': 6,
  deploy: 6,
  publish: 6,
};

export const isAboutDocker = (name: string): boolean => /^(containers|images|cache)\./.test(name);

/** Why an operation can't succeed here; undefined: it can. */
export function whyNoSuccess(name: string, { docker }: { docker: boolean }): string | undefined {
  if (name === 'projects.pickFolder') return 'only the window can show a dialog';
  if (/^updates\.(check|install)$/.test(name)) return 'only the installed app updates itself';
  if (/^openIn\.(project|dataFolder)$/.test(name)) return 'tests open no windows';
  if (name === 'deployments.stop') return 'only services can be stopped';
  const needsDocker = isAboutDocker(name) && !/\.(status|standard)$/.test(name);
  return needsDocker && !docker ? 'there is no daemon' : undefined;
}
