import { getAddress } from 'viem';
import { chainIdAt } from '../../eth/probe-rpc.ts';
import { isSecretUrl, maskUrl } from '../../lib/secrets/secret-url.ts';
import { AppError } from '../../shared/errors.ts';
import type { NetworkName } from './chain-target.ts';
import type { HeldChain } from './held-chain.ts';

/** The network of a request, with its real address. */
export interface TargetNetwork extends NetworkName {
  /** The chain id that it must report, if known. */
  chainId: number | null;
  url: string | null;
  /** Why it can't be read, if so. */
  urlProblem?: string;
}

/** A checked destination: the chain responds, with the expected id. */
export interface Destination {
  url: string;
  secretUrl: boolean;
  chainId: number;
  from: string | null;
  /** The node signs for `from`. */
  unlocked: boolean;
  /** Only a chain of Drydock's has snapshots. */
  chain: HeldChain | null;
}

/** On Drydock's chains: any account can be used, by index or by address. */
export function ownDestination(chain: HeldChain, from: string | null): Destination {
  const accounts = chain.accounts();
  const sender = from === null ? accounts[0] : /^\d+$/.test(from) ? accounts[Number(from)] : from;
  if (!sender) {
    throw new AppError(
      'BAD_ARGUMENT',
      `There is no account ${from}: the chain has accounts 0 to ${accounts.length - 1}.`,
      { field: 'from' },
    );
  }
  const { url, chainId } = chain;
  return {
    url,
    secretUrl: false,
    chainId,
    from: getAddress(sender.toLowerCase()),
    unlocked: true,
    chain,
  };
}

/** A remote node: reached and compared with the network's data before anything is sent. */
export async function remoteDestination(
  network: TargetNetwork,
  from: string | null,
  hasKeystore: boolean,
): Promise<Destination> {
  const { name, url } = network;
  const retest = { label: 'Test the network', command: `drydock network test ${name}` };
  if (!url) {
    throw new AppError(
      'RPC_UNREACHABLE',
      `The address of ${name} can't be read. ${network.urlProblem ?? 'Enter it again.'}`,
      {
        fix: {
          label: 'Set the address',
          command: `drydock network add ${name} --kind remote --url -`,
        },
      },
    );
  }
  if (from !== null && /^\d+$/.test(from)) {
    throw new AppError(
      'BAD_ARGUMENT',
      `${name} is a remote network: it has no accounts by number. Give an address, or a keystore with --account.`,
      { field: 'from' },
    );
  }
  let chainId: number;
  try {
    chainId = await chainIdAt(url);
  } catch (error) {
    throw new AppError(
      'RPC_UNREACHABLE',
      `${maskUrl(url)} does not answer: ${(error as Error).message}. Nothing was sent. Check your connection and the address of ${name}.`,
      { fix: retest },
    );
  }
  if (network.chainId !== null && chainId !== network.chainId) {
    throw new AppError(
      'CHAIN_ID_MISMATCH',
      `${maskUrl(url)} is chain ${chainId}, but ${name} expects ${network.chainId}. Nothing was sent. Correct the address or the chain id of ${name}.`,
      { fix: retest },
    );
  }
  const unlocked = from !== null && !hasKeystore;
  return { url, secretUrl: isSecretUrl(url), chainId, from, unlocked, chain: null };
}
