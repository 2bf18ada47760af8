/** Contracts into which a chain itself writes at each block, by address in lower case. */
export const systemContracts: ReadonlyMap<string, string> = new Map([
  ['0x0000f90827f1c53a10cb7a02335b175320002935', 'hashes of blocks (EIP-2935)'],
  ['0x000f3df6d732807ef1319fb7b8bb8522d0beac02', 'roots of beacon blocks (EIP-4788)'],
  ['0x00000961ef480eb55e80d19ad83579a64c007002', 'withdrawal requests (EIP-7002)'],
  ['0x0000bbddc7ce488642fb579f8b00f3a590007251', 'consolidation requests (EIP-7251)'],
]);
