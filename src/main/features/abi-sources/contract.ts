import { z } from 'zod';
import { procedure } from '../../shared/procedure.ts';

/** Where contracts are verified by their source, and whose ABIs can be asked for. */
export const abiSource = z.enum(['sourcify', 'etherscan']);
export type AbiSource = z.infer<typeof abiSource>;

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
