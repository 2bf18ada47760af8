import { type Hex, pad } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aboutToken } from '#main/features/accounts/deal/about-token.ts';
import { applyPlan } from '#main/features/accounts/deal/apply.ts';
import { planBalance } from '#main/features/accounts/deal/erc20.ts';
import { Trial } from '#main/features/accounts/deal/trial.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { whyNoTokens } from '#test/harness/token-contracts.ts';
import { TokenYard } from '#test/harness/token-yard.ts';

/** The first test of a machine installs packages, and each run compiles them. */
const PREPARE_MS = 300_000;
const RECEIVER: Hex = '0x00000000000000000000000000000000DeaDBeef';
const why = await whyNoTokens();

describe.skipIf(skipAloud('tokens of libraries', why))('a deal', () => {
  let yard: TokenYard;
  let deployer: Hex;
  let other: Hex;

  beforeAll(async () => {
    yard = await TokenYard.open();
    [deployer, other] = yard.accounts as [Hex, Hex];
  }, PREPARE_MS);

  afterAll(() => yard?.[Symbol.asyncDispose]());

  /** An upgradeable token behind its proxy. */
  async function behind(logic: string, proxy: string): Promise<Hex> {
    return yard.deploy(proxy, [await yard.deploy(logic)]);
  }

  const erc20s: [string, () => Promise<Hex>, string][] = [
    ['ERC-20 of OpenZeppelin 5', () => yard.deploy('Plain'), 'Plain'],
    ['ERC-4626', async () => yard.deploy('Vault', [await yard.deploy('Plain')]), 'Vault'],
    ['fee on transfer', () => yard.deploy('Taxed'), 'Taxed'],
    ['votes behind an ERC-1967 proxy', () => behind('Votes', 'VotesProxy'), 'Votes'],
    [
      'OpenZeppelin 4.9 behind a transparent proxy',
      () => behind('Upgradeable4', 'TransparentProxy4'),
      'Upgradeable4',
    ],
    ['snapshots of OpenZeppelin 4.9', () => yard.deploy('Snapshots4'), 'Snapshots4'],
    ['solmate', () => yard.deploy('Solmate'), 'Solmate'],
    ['solady', () => yard.deploy('Solady'), 'Solady'],
    ['Vyper’s order of slot and key', () => yard.deploy('VyperOrder'), 'VyperOrder'],
    ['a balance in the middle of its word', () => yard.deploy('Packed'), 'Packed'],
    ['a balance beside a flag', () => yard.deploy('Blockable'), 'Blockable'],
    ['Uniswap v2 pair', () => yard.deploy('UniswapV2Pair'), 'UniswapV2Pair'],
  ];

  test.each(erc20s)('sets balance and supply: %s', async (_, make, name) => {
    const token = await make();
    const held = (of: Hex) => yard.ask<bigint>(token, name, 'balanceOf', [of]);
    const supply = () => yard.ask<bigint>(token, name, 'totalSupply');
    const [supplyBefore, deployerHeld] = [await supply(), await held(deployer)];

    const first = await yard.deal({ token, to: RECEIVER, amount: '1234567', raw: true });
    expect(first).toMatchObject({ before: '0', after: '1234567', supply: null });
    expect(first.token.standard).toBe('erc20');
    expect(await held(RECEIVER)).toBe(1_234_567n);
    expect(await supply()).toBe(supplyBefore);

    const second = await yard.deal({
      ...{ token, to: RECEIVER, amount: '1234569', raw: true, adjustSupply: true },
    });
    expect(second).toMatchObject({
      ...{ before: '1234567', after: '1234569' },
      supply: { before: `${supplyBefore}`, after: `${supplyBefore + 2n}` },
    });
    expect(await held(RECEIVER)).toBe(1_234_569n);
    expect(await supply()).toBe(supplyBefore + 2n);
    expect(await held(deployer)).toBe(deployerHeld);

    await yard.deal({ token, to: RECEIVER, amount: '0' });
    expect(await held(RECEIVER)).toBe(0n);
  });

  test('gives tokens that can be sent on', async () => {
    const token = await yard.deploy('Taxed');
    await yard.deal({ token, to: other, amount: '100' });
    await yard.use(token, 'Taxed', 'transfer', [RECEIVER, 100n * 10n ** 18n], other);
    expect(await yard.ask(token, 'Taxed', 'balanceOf', [RECEIVER])).toBe(99n * 10n ** 18n);
  });

  test('leaves what stands beside a balance as it was', async () => {
    const packed = await yard.deploy('Packed');
    await yard.deal({ token: packed, to: deployer, amount: '5.5', adjustSupply: true });
    expect(await yard.ask(packed, 'Packed', 'accounts', [deployer])).toEqual([
      ...[11n, 5_500_000_000_000_000_000n, 22n, true],
    ]);
    expect(await yard.ask(packed, 'Packed', 'totals')).toEqual([7, 5_500_000_000_000_000_000n]);
    await expect(
      yard.deal({ token: packed, to: deployer, amount: `${2n ** 96n}`, raw: true }),
    ).rejects.toMatchObject({ code: 'DEAL_FAILED', data: { field: 'amount' } });

    const blockable = await yard.deploy('Blockable');
    await yard.use(blockable, 'Blockable', 'blockAccount', [RECEIVER]);
    await yard.deal({ token: blockable, to: RECEIVER, amount: '12' });
    expect(await yard.ask(blockable, 'Blockable', 'isBlocked', [RECEIVER])).toBe(true);
    expect(await yard.ask(blockable, 'Blockable', 'balanceOf', [RECEIVER])).toBe(12_000_000n);
  });

  test('finds balances in odd slots and in other contracts', async () => {
    for (const name of ['OddSlots', 'Fronting']) {
      const token = await yard.deploy(name);
      await yard.deal({ token, to: RECEIVER, amount: '77', raw: true });
      expect([name, await yard.ask(token, name, 'balanceOf', [RECEIVER])]).toEqual([name, 77n]);
      const held = await yard.ask<bigint>(token, name, 'balanceOf', [deployer]);
      expect(held).toBeGreaterThan(0n);
    }
  });

  test('wrapped ether gets as much ether as its supply grows', async () => {
    const token = await yard.deploy('WETH9');
    const dealt = await yard.deal({ token, to: RECEIVER, amount: '3', adjustSupply: true });
    expect(dealt.supply).toEqual({ before: '0', after: `${3n * 10n ** 18n}` });
    expect(BigInt(await yard.call<string>('eth_getBalance', [token, 'latest']))).toBe(
      3n * 10n ** 18n,
    );
    await yard.deal({ token, to: other, amount: '2', adjustSupply: true });
    await yard.use(token, 'WETH9', 'withdraw', [2n * 10n ** 18n], other);
  });

  test('says what votes stay where they were', async () => {
    const token = await behind('Votes', 'VotesProxy');
    await yard.use(token, 'Votes', 'delegate', [other]);
    const { notes } = await yard.deal({ token, to: deployer, amount: '5' });
    expect(notes).toEqual([expect.stringContaining('votes')]);
  });

  test('computes what to store when a token computes what it says', async () => {
    for (const name of ['Rebasing', 'Scaled', 'Reflecting']) {
      const token = await yard.deploy(name);
      const held = await yard.ask<bigint>(token, name, 'balanceOf', [deployer]);
      await yard.deal({ token, to: RECEIVER, amount: '30', raw: true });
      expect([name, await yard.ask(token, name, 'balanceOf', [RECEIVER])]).toEqual([name, 30n]);
      expect(await yard.ask(token, name, 'balanceOf', [deployer])).toBe(held);
      await yard.deal({ token, to: deployer, amount: '60', raw: true });
      expect(await yard.ask(token, name, 'balanceOf', [deployer])).toBe(60n);
    }
    const scaled = await yard.deploy('Scaled');
    await yard.deal({ token: scaled, to: deployer, amount: '10' });
    expect(await yard.ask(scaled, 'Scaled', 'states', [deployer])).toEqual([8n * 10n ** 18n, 99n]);
  });

  test('refuses what it can not do, and leaves the chain as it was', async () => {
    const rebasing = await yard.deploy('Rebasing');
    const refused: [Parameters<typeof yard.deal>[0], RegExp][] = [
      [
        { token: rebasing, to: RECEIVER, amount: '32', raw: true },
        /rounds.*0\.0+31 REB or 0\.0+33/,
      ],
      [{ token: rebasing, to: RECEIVER, amount: '30', raw: true, adjustSupply: true }, /supply/],
      [{ token: await yard.deploy('Computed'), to: RECEIVER, amount: '1' }, /computes it/],
      [{ token: await yard.deploy('Shared'), to: RECEIVER, amount: '1' }, /computes it/],
      [
        { token: await yard.deploy('OddSlots'), to: RECEIVER, amount: '1', adjustSupply: true },
        /supply/,
      ],
      [{ token: await yard.deploy('ListedItems'), to: RECEIVER, id: '1' }, /lists of its tokens/],
      [{ token: await yard.deploy('ListedItems'), to: RECEIVER, id: '2' }, /lists of its tokens/],
      [{ token: await yard.deploy('ComputedItems'), to: RECEIVER, id: '9' }, /no such id/],
    ];
    for (const [input, words] of refused) {
      const before = await yard.dump();
      await expect(yard.deal(input)).rejects.toMatchObject({
        ...{ code: 'DEAL_FAILED', message: expect.stringMatching(words) },
      });
      expect(await yard.dump()).toBe(before);
    }
    await expect(yard.deal({ token: other, to: RECEIVER, amount: '1' })).rejects.toMatchObject({
      code: 'NOT_A_TOKEN',
    });
  });

  test('puts back what it wrote when that does not read back', async () => {
    const token = await yard.deploy('Plain');
    const trial = new Trial(yard.call);
    const about = await aboutToken(trial, token);
    const wish = { token: about, to: RECEIVER, amount: 5n, id: null, adjustSupply: true };
    const plan = await planBalance(trial, wish);
    expect(plan.writes).toHaveLength(2);
    // Another program is faster: as soon as the balance is written it takes a part of it.
    const writable = {
      call: yard.call,
      setStorage: async (address: string, slot: string, value: string) => {
        const meant = value === pad('0x5') ? pad('0x3') : value;
        await yard.call('anvil_setStorageAt', [address, slot, meant]);
      },
      setBalance: async () => undefined,
      impersonate: async () => undefined,
      stopImpersonating: async () => undefined,
    };
    const stored = () => Promise.all(plan.writes.map((write) => trial.valueAt(write)));
    const before = await stored();
    await expect(applyPlan(writable, trial, about, plan)).rejects.toMatchObject({
      ...{ code: 'DEAL_FAILED', message: expect.stringContaining('put back') },
    });
    expect(await stored()).toEqual(before);
    const refusing = { ...writable, setStorage: () => Promise.reject(new Error('refused')) };
    await expect(applyPlan(refusing, trial, about, plan)).rejects.toThrow('refused');
    expect(await stored()).toEqual(before);
  });

  test('works on a fork, with what its upstream stores, and leaves that alone', async () => {
    const token = await yard.deploy('Solady');
    const { rpcUrl } = await yard.client.chains.get({ chain: yard.network });
    await yard.client.networks.save({ name: 'forked', kind: 'fork', url: rpcUrl as string });
    await yard.client.chains.start({ chain: 'forked' });
    const dealt = await yard.client.accounts.deal({
      ...{ network: 'forked', token, to: deployer, amount: '7', adjustSupply: true },
    });
    expect(dealt).toMatchObject({
      ...{ before: `${10n ** 21n}`, after: `${7n * 10n ** 18n}` },
      supply: { after: `${7n * 10n ** 18n}` },
    });
    expect(await yard.ask(token, 'Solady', 'balanceOf', [deployer])).toBe(10n ** 21n);
    const forked = await yard.client.accounts.list({ network: 'forked' });
    expect(forked.accounts).toHaveLength(10);
    await yard.client.chains.stop({ chain: 'forked' });
    await yard.client.networks.remove({ name: 'forked' });
  });

  test('is undone by a revert, and lasts through a restart', async () => {
    const token = await yard.deploy('Plain');
    const held = async () =>
      BigInt(
        (await yard.client.accounts.deal({ network: 'local', token, to: other, amount: '9' }))
          .before,
      );
    const { id: snapshot } = await yard.client.chains.snapshot({ chain: 'local' });
    expect(await held()).toBe(0n);
    expect(await held()).toBe(9n * 10n ** 18n);
    const { leftBehind } = await yard.client.chains.revert({ chain: 'local', snapshot });
    expect(leftBehind).not.toBeNull();
    expect(await held()).toBe(0n);
    await yard.client.chains.restart({ chain: 'local' });
    expect(await held()).toBe(9n * 10n ** 18n);
  });

  const items: [string, unknown[]][] = [
    ['Items', [RECEIVER]],
    ['SolmateItems', []],
    ['SoladyItems', []],
    ['BatchItems', []],
  ];

  test.each(items)('takes an ERC-721 over from its owner: %s', async (name, args) => {
    const token = await yard.deploy(name, args);
    const owner = (id: bigint) => yard.ask<Hex>(token, name, 'ownerOf', [id]);
    const held = (of: Hex) => yard.ask<bigint>(token, name, 'balanceOf', [of]);
    const deployerHeld = await held(deployer);
    await yard.use(token, name, 'approve', [RECEIVER, 2n]);

    const dealt = await yard.deal({ token, to: other, id: '2' });
    expect(dealt).toMatchObject({ before: '0', after: '1', id: '2', previousOwner: deployer });
    expect(await Promise.all([1n, 2n, 3n].map(owner))).toEqual([deployer, other, deployer]);
    expect(await held(other)).toBe(1n);
    expect(await held(deployer)).toBe(deployerHeld - 1n);
    expect(await yard.ask(token, name, 'getApproved', [2n])).toBe(
      '0x0000000000000000000000000000000000000000',
    );

    // It can be sent on, which some contracts check more for.
    await yard.use(token, name, 'transferFrom', [other, deployer, 2n], other);
    expect(await Promise.all([1n, 2n, 3n].map(owner))).toEqual([deployer, deployer, deployer]);
    expect([await held(other), await held(deployer)]).toEqual([0n, deployerHeld]);
    expect(await yard.deal({ token, to: deployer, id: '2' })).toMatchObject({ written: [] });
  });

  test.each([{ amount: '2' }, { raw: true }, { amount: '1', raw: true }])(
    'takes no amount of an ERC-721: %o',
    async (given) => {
      const token = await yard.deploy('SolmateItems');
      await expect(yard.deal({ token, to: other, id: '2', ...given })).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringContaining('is an ERC-721: there is one of each id'),
        data: { field: 'amount' },
      });
    },
  );

  test('keeps what solady stores beside owners and balances', async () => {
    const token = await yard.deploy('SoladyItems');
    await yard.deal({ token, to: other, id: '2' });
    expect(await yard.ask(token, 'SoladyItems', 'extraData', [2n])).toBe(55n);
    expect(await yard.ask(token, 'SoladyItems', 'aux', [deployer])).toBe(77n);
  });

  test.each([
    ['Items', [RECEIVER]],
    ['SolmateItems', []],
    ['SoladyItems', []],
  ])('mints an ERC-721 with an id that is free: %s', async (name, args) => {
    const token = await yard.deploy(name, args);
    const dealt = await yard.deal({ token, to: other, id: '900' });
    expect(dealt).toMatchObject({ before: '0', after: '1', previousOwner: null });
    expect(dealt.notes).toEqual([expect.stringContaining('mints 900 itself')]);
    expect(await yard.ask(token, name, 'ownerOf', [900n])).toBe(other);
    expect(await yard.ask(token, name, 'balanceOf', [other])).toBe(1n);
    await yard.use(token, name, 'transferFrom', [other, deployer, 900n], other);
    expect(await yard.ask(token, name, 'balanceOf', [other])).toBe(0n);
  });

  test.each([['Goods'], ['SolmateGoods'], ['SoladyGoods']])(
    'sets the balance of an ERC-1155: %s',
    async (name) => {
      const token = await yard.deploy(name);
      const dealt = await yard.deal({ token, to: other, id: '7', amount: '12' });
      expect(dealt).toMatchObject({ before: '0', after: '12', id: '7', supply: null });
      expect(await yard.ask(token, name, 'balanceOf', [other, 7n])).toBe(12n);
      expect(await yard.ask(token, name, 'balanceOf', [deployer, 7n])).toBe(100n);
      await yard.use(token, name, 'safeTransferFrom', [other, RECEIVER, 7n, 2n, '0x'], other);
      expect(await yard.ask(token, name, 'balanceOf', [other, 7n])).toBe(10n);
    },
  );

  test('adjusts both supplies of an ERC-1155 that counts them', async () => {
    const token = await yard.deploy('Goods');
    const dealt = await yard.deal({ token, to: other, id: '7', amount: '12', adjustSupply: true });
    expect(dealt.supply).toEqual({ before: '100', after: '112' });
    expect(dealt.written).toHaveLength(3);
  });

  test('asks for what it needs, in words', async () => {
    const [plain, items, goods] = [
      await yard.deploy('Solmate'),
      await yard.deploy('SolmateItems'),
      await yard.deploy('SolmateGoods'),
    ];
    const wrong: [Parameters<typeof yard.deal>[0], string][] = [
      [{ token: plain, to: other }, 'amount'],
      [{ token: plain, to: other, amount: '1', id: '1' }, 'id'],
      [{ token: plain, to: other, amount: '0.0000001' }, 'amount'],
      [{ token: plain, to: other, amount: '0.5', raw: true }, 'amount'],
      [{ token: plain, to: other, amount: `${2n ** 255n}` }, 'amount'],
      [{ token: items, to: other }, 'id'],
      [{ token: goods, to: other, amount: '1' }, 'id'],
    ];
    for (const [input, field] of wrong) {
      await expect(yard.deal(input)).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field } });
    }
    await expect(yard.deal({ token: 'Nobody', to: other, amount: '1' })).rejects.toMatchObject({
      ...{ code: 'ACCOUNT_NOT_FOUND', data: { field: 'token' } },
    });
  });
});
