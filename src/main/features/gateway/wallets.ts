import type { WalletSetup } from './contract.ts';

interface ConnectedChain {
  name: string;
  chainId: number;
  /** Address for users' programs. */
  url: string;
  behindGateway: boolean;
}

/** As the wallets call it; their menus change from time to time. */
const wallets: WalletSetup['afterRevert']['wallets'] = [
  {
    wallet: 'MetaMask',
    steps:
      'Settings, Developer tools (in older versions: Advanced), "Delete activity and nonce data" ("Clear activity tab data"). It keeps accounts and networks.',
  },
  {
    wallet: 'Rabby',
    steps: 'More, "Clear pending locally", with "Reset nonce" switched on.',
  },
  {
    wallet: 'Frame',
    steps: 'Nothing: it asks the chain for each nonce. Dismiss requests that are still shown.',
  },
  {
    wallet: 'Ledger, Trezor',
    steps: 'As the wallet that they sign for says: the device itself keeps no nonce.',
  },
  {
    wallet: 'Others',
    steps:
      'Look for a command that resets the account or clears its activity; otherwise remove the network, and add it again.',
  },
];

const HEALED =
  'Behind the gateway a wallet goes on by itself: the nonce that it still sends is set before its transaction. Accounts that have deployed on this chain are left as they are, because addresses of later creations would change: for these, take one of the steps, or mend the nonce by the button of the notice.';

const NOT_HEALED =
  'The chain does not run behind the gateway. After a revert a wallet sends a nonce that is too high, and its transaction waits for good: take one of the steps.';

/** How a wallet is connected with a chain, and what it needs after a revert. */
export const walletSetup = ({
  name,
  chainId,
  url,
  behindGateway,
}: ConnectedChain): WalletSetup => ({
  chain: name,
  addChain: {
    chainId: `0x${chainId.toString(16)}`,
    chainName: `Drydock ${name}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: [url],
  },
  afterRevert: { note: behindGateway ? HEALED : NOT_HEALED, wallets },
});
