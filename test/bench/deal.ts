import {
  encodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  keccak256,
  parseAbi,
} from 'viem';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import type { Published } from '#test/harness/third-party.ts';
import { tokenContracts } from '#test/harness/token-contracts.ts';
import { startBareChain } from './bare.ts';
import { openCore } from './core.ts';
import { type Figure, ratioFigure } from './figure.ts';
import { interleave, timed } from './samples.ts';

const balanceOf = parseAbi(['function balanceOf(address) view returns (uint256)']);
const RECEIVER: Hex = '0x00000000000000000000000000000000DeaDBeef';
/** In the storage of OpenZeppelin's ERC20 the balances come first. */
const PLACE = keccak256(
  encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [RECEIVER, 0n]),
);

/** Tokens whose place takes patterns, and one whose bits are turned one by one. Each with the most. */
const TOKENS = [
  ['Plain', 'ERC-20', 8],
  ['Packed', 'packed ERC-20', 8],
  ['Rebasing', 'ERC-20 of shares', 20],
] as const;

/**
 * A deal, whose place has to be found, over one `anvil_setStorageAt` at a place that is known and a
 * call that reads it.
 */
export async function deals(rounds: number): Promise<Figure[]> {
  const contracts = await tokenContracts();
  await using core = await openCore();
  await using folder = await temporaryFolder();
  const { client, chain } = core;
  const { rpcUrl } = await client.chains.start({ chain });
  const call = rpc(rpcUrl as string);
  const bare = await startBareChain(folder.path, await freePort());
  try {
    const known = await deploy(bare.call, contracts.get('Plain') as Published);
    const figures: Figure[] = [];
    for (const [name, title, most] of TOKENS) {
      const token = await deploy(call, contracts.get(name) as Published);
      let amount = 3000;
      const next = () => {
        amount += 3;
        return amount;
      };
      const deal = () =>
        client.accounts.deal({
          ...{ network: chain, token, to: RECEIVER, amount: `${next()}`, raw: true },
        });
      const pairs = await interleave(
        rounds,
        () => timed(deal),
        () => timed(() => setKnown(bare.call, known, next())),
      );
      figures.push(ratioFigure(`deal, ${title}`, most, pairs));
    }
    return figures;
  } finally {
    await bare.stop();
  }
}

async function setKnown(call: Rpc, token: string, amount: number): Promise<void> {
  const word = `0x${amount.toString(16).padStart(64, '0')}`;
  await call('anvil_setStorageAt', [token, PLACE, word]);
  const data = encodeFunctionData({ abi: balanceOf, args: [RECEIVER] });
  const held = await call<string>('eth_call', [{ to: token, data }, 'latest']);
  if (BigInt(held) !== BigInt(amount)) throw new Error('the bare chain has another balance');
}

async function deploy(call: Rpc, { abi, bytecode }: Published): Promise<string> {
  const [from] = await call<string[]>('eth_accounts');
  const data = encodeDeployData({ abi, bytecode, args: [] });
  const hash = await call<string>('eth_sendTransaction', [{ from, data, gas: '0x989680' }]);
  for (;;) {
    const receipt = await call<{ contractAddress: string } | null>('eth_getTransactionReceipt', [
      hash,
    ]);
    if (receipt) return receipt.contractAddress;
  }
}
