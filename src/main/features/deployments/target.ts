import { getAddress } from 'viem';
import type { Engine } from '../../engines/engine.ts';
import { AppError } from '../../kit/errors.ts';
import { isSecretUrl, maskUrl } from '../../kit/mask.ts';
import { rpc } from '../../kit/rpc.ts';

/** The network of a request, with its real address. */
export interface TargetNetwork {
  name: string;
  kind: 'local' | 'fork' | 'remote';
  /** The id that it must answer, if known. */
  chainId: number | null;
  url: string | null;
}

/** A chain of ours, held for a run. */
export interface HeldChain {
  url: string;
  /** Where it runs. */
  engine: Engine;
  chainId: number;
  /** Takes the automatic snapshot. */
  snapshot: (name: string) => Promise<{ id: number; name: string }>;
  /** Lets the node sign for an address that is not one of its own. */
  impersonate: (address: string) => Promise<void>;
  accounts: () => Promise<string[]>;
  isRunning: () => Promise<boolean>;
  /** Tells when the chain's process ends. Answers how to stop listening. */
  onEnd: (listener: () => void) => () => void;
}

/** Where a run goes, checked: the chain answers, with the id that is expected. */
export interface Destination {
  url: string;
  secretUrl: boolean;
  chainId: number;
  from: string | null;
  /** The node signs for `from`. */
  unlocked: boolean;
  /** Only a chain of ours has snapshots. */
  chain: HeldChain | null;
}

/** On a chain of ours: any account can be used, by index or, impersonated, by address. */
export async function ownDestination(chain: HeldChain, from: string | null): Promise<Destination> {
  const accounts = await chain.accounts();
  const sender = from === null ? accounts[0] : /^\d+$/.test(from) ? accounts[Number(from)] : from;
  if (!sender) {
    throw new AppError(
      'BAD_ARGUMENT',
      `There is no account ${from}: the chain has accounts 0 to ${accounts.length - 1}.`,
      { field: 'from' },
    );
  }
  const known = accounts.some((a) => a.toLowerCase() === sender.toLowerCase());
  if (!known) await chain.impersonate(sender);
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

/** Somebody else's node: reached and compared with what the network says before anything is sent. */
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
      `The address of ${name} could not be read. Enter it again.`,
      {
        fix: {
          label: 'Set the address',
          command: `drydock network add ${name} --kind remote --url URL`,
        },
      },
    );
  }
  if (from !== null && /^\d+$/.test(from)) {
    throw new AppError(
      'BAD_ARGUMENT',
      `${name} is a remote network: it has no accounts by number. Give an address, or a Foundry keystore with --account.`,
      { field: 'from' },
    );
  }
  let chainId: number;
  try {
    chainId = Number(await rpc(url)<string>('eth_chainId'));
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
