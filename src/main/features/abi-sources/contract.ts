import { z } from 'zod';
import { procedure } from '../../shared/procedure.ts';

/** Where contracts are verified by their source, and whose ABIs can be asked for. */
export const abiSource = z.enum(['sourcify', 'etherscan']);
export type AbiSource = z.infer<typeof abiSource>;

/** A contract with everything that a service compiles it from. */
export interface Submitted {
  chainId: number;
  address: string;
  /** `src/Vault.sol:Vault` */
  contract: string;
  /** With its commit, e.g. `0.8.30+commit.73712a01`. */
  compiler: string;
  /** https://docs.soliditylang.org/en/latest/using-the-compiler.html#input-description */
  input: object;
  /** Hex digits without 0x; null: they are not known. */
  constructorArguments: string | null;
  /** The transaction that has created it; null: it isn't known, or a contract has. */
  transaction: string | null;
}

/** What a service says of a contract that was sent to it. */
export type Verdict =
  | { state: 'pending' }
  | { state: 'verified'; match: 'exact' | 'partial' | null }
  | { state: 'refused'; reason: string };

export const etherscanKey = z.object({
  state: z.enum(['none', 'set', 'unreadable']).describe('unreadable: enter it again'),
});
export type EtherscanKey = z.infer<typeof etherscanKey>;

/** The key of an Etherscan-like API. It goes in, and never comes out. */
export const abiSources = {
  etherscanKey: procedure
    .route({ method: 'GET', path: '/abi-sources/etherscan-key', summary: 'Whether there is a key' })
    .output(etherscanKey),
  setEtherscanKey: procedure
    .route({
      method: 'PUT',
      path: '/abi-sources/etherscan-key',
      summary: 'Keep the key for Etherscan, sealed; null: forget it',
    })
    .input(
      z.object({
        key: z
          .string()
          .trim()
          .regex(/^[\w.-]{8,200}$/, 'give a key: 8 to 200 letters, digits, dots and dashes')
          .nullable(),
      }),
    )
    .output(etherscanKey),
};
