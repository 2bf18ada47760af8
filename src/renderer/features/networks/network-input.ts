import { z } from 'zod';
import { type Network, type NetworkInput, networkInput } from '#main/features/networks/contract.ts';
import { optionalNumber, optionalText, typedText } from '../../core/forms/texts.ts';
import { editsOf, headerEdits } from './header-edits.ts';

const { name, kind, url, chainId, forkBlock, port, keepChainId } = networkInput.shape;

const typed = z.object({
  name: typedText(name, 'Letters, digits, dots and dashes; at most 40.'),
  kind,
  url: optionalText(url, 'An address that starts with http:// or https://.'),
  chainId: optionalNumber(chainId, 'A whole number above 0.'),
  forkBlock: optionalNumber(forkBlock, 'A block number.'),
  port: optionalNumber(port, 'A number from 1 to 65535.'),
  keepChainId: keepChainId.unwrap(),
  headers: headerEdits,
});

/** The form as it is typed. */
export type NetworkFields = z.input<typeof typed>;

/** The initial values of a network's fields. */
export const fieldsOf = (network: Network | null): NetworkFields => ({
  name: network?.name ?? '',
  kind: network?.kind ?? 'fork',
  // A stored address may contain a masked secret: it is typed again or left unchanged.
  url: '',
  chainId: network?.chainId?.toString() ?? '',
  forkBlock: network?.forkBlock?.toString() ?? '',
  port: network?.port?.toString() ?? '',
  keepChainId: network?.keepChainId ?? false,
  headers: editsOf(network?.headers ?? []),
});

/**
 * Converts the fields to the saved form. `stored`: it has an address, which an empty field keeps.
 */
export const networkFields = (stored: boolean) =>
  typed
    .superRefine((value, context) => {
      if (value.kind === 'local' || value.url !== undefined || stored) return;
      context.addIssue({ code: 'custom', path: ['url'], message: 'The address of a node.' });
    })
    .transform((value): NetworkInput => {
      const fork = value.kind === 'fork';
      return {
        name: value.name,
        kind: value.kind,
        url: value.kind === 'local' ? undefined : value.url,
        chainId: value.chainId,
        forkBlock: fork ? (value.forkBlock ?? null) : undefined,
        keepChainId: fork ? value.keepChainId : undefined,
        headers: fork ? value.headers : undefined,
        port: value.kind === 'remote' ? undefined : (value.port ?? null),
      };
    });
