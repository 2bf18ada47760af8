import { expect, test } from 'vitest';
import { addNetwork } from './browser-wallet.ts';

const network = {
  chainId: '0x7a69',
  chainName: 'Drydock local',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrls: ['http://127.0.0.1:8545'],
};

test('the wallet is asked for the network with one parameter', async () => {
  const asked: unknown[] = [];
  await addNetwork({ request: async (call) => void asked.push(call) }, network);
  expect(asked).toEqual([{ method: 'wallet_addEthereumChain', params: [network] }]);
});

test.each([
  [{ code: 4001, message: 'User rejected the request.' }, /^It was declined in the wallet\.$/],
  [{ code: -32602, message: 'Bad symbol.' }, /^The wallet refused: Bad symbol\. Enter/],
  ['no', /^The wallet refused: no /],
  [undefined, /^The wallet refused: undefined /],
])('what a wallet refuses with is told: %j', async (thrown, told) => {
  const wallet = { request: () => Promise.reject(thrown) };
  await expect(addNetwork(wallet, network)).rejects.toThrow(told);
});
