import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import type { Question } from './trial.ts';

const abi = parseAbi([
  'function balanceOf(address) view returns (uint256)',
  'function balanceOf(address,uint256) view returns (uint256)',
  'function ownerOf(uint256) view returns (address)',
  'function getApproved(uint256) view returns (address)',
  'function totalSupply() view returns (uint256)',
  'function totalSupply(uint256) view returns (uint256)',
  'function decimals() view returns (uint8)',
  'function symbol() view returns (string)',
  'function delegates(address) view returns (address)',
  'function supportsInterface(bytes4) view returns (bool)',
]);

/** https://eips.ethereum.org/EIPS/eip-721 and https://eips.ethereum.org/EIPS/eip-1155 */
export const INTERFACES = {
  erc721: '0x80ac58cd',
  erc721Enumerable: '0x780e9d63',
  erc1155: '0xd9b67a26',
} as const;

/** Addresses without any balance. */
export const STRANGERS: readonly [Hex, Hex] = [
  '0x00000000000000000000000000000000d0cc0ff5',
  '0x71c3a5e0b69d84f2c7e1500dd0cc0ff5a9d3b16e',
];

/** Ids that no token has. */
export const STRANGE_IDS: readonly [bigint, bigint] = [
  0xd0cc0ff5a9d3b16e71c3a5e0b69d84f2n,
  0x9b1e64d0cc0ff5c8a7f3n,
];

export const holdings = (to: Hex, holder: Hex): Question => ({
  to,
  data: encodeFunctionData({ abi, functionName: 'balanceOf', args: [holder] }),
});

export const holdingsOf = (to: Hex, holder: Hex, id: bigint): Question => ({
  to,
  data: encodeFunctionData({ abi, functionName: 'balanceOf', args: [holder, id] }),
});

export const ownerOf = (to: Hex, id: bigint): Question => ({
  to,
  data: encodeFunctionData({ abi, functionName: 'ownerOf', args: [id] }),
});

export const approvedFor = (to: Hex, id: bigint): Question => ({
  to,
  data: encodeFunctionData({ abi, functionName: 'getApproved', args: [id] }),
});

export const delegateOf = (to: Hex, holder: Hex): Question => ({
  to,
  data: encodeFunctionData({ abi, functionName: 'delegates', args: [holder] }),
});

/** @param id of an ERC-1155, else of all */
export const supplyOf = (to: Hex, id?: bigint): Question => ({
  to,
  data:
    id === undefined
      ? encodeFunctionData({ abi, functionName: 'totalSupply' })
      : encodeFunctionData({ abi, functionName: 'totalSupply', args: [id] }),
});

export const decimalsOf = (to: Hex): Question => ({
  to,
  data: encodeFunctionData({ abi, functionName: 'decimals' }),
});

export const symbolOf = (to: Hex): Question => ({
  to,
  data: encodeFunctionData({ abi, functionName: 'symbol' }),
});

export const supports = (to: Hex, id: Hex): Question => ({
  to,
  data: encodeFunctionData({ abi, functionName: 'supportsInterface', args: [id] }),
});
