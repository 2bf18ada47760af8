/** https://www.evm.codes/precompiled, and https://eips.ethereum.org/EIPS/eip-2537 and 7951 */
const NAMES: Record<number, string> = {
  1: 'ecrecover',
  2: 'sha256',
  3: 'ripemd160',
  4: 'identity',
  5: 'modexp',
  6: 'ecadd',
  7: 'ecmul',
  8: 'ecpairing',
  9: 'blake2f',
  10: 'pointEvaluation',
  11: 'bls12G1Add',
  12: 'bls12G1Msm',
  13: 'bls12G2Add',
  14: 'bls12G2Msm',
  15: 'bls12PairingCheck',
  16: 'bls12MapFpToG1',
  17: 'bls12MapFp2ToG2',
  256: 'p256Verify',
};

/** What the code that every node brings does at an address; null: the address has none. */
export function precompileAt(address: string): string | null {
  const number = /^0x0{37}([0-9a-f]{3})$/i.exec(address)?.[1];
  return (number && NAMES[Number.parseInt(number, 16)]) || null;
}
