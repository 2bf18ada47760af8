import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { textOf } from '#main/shared/decoded-text.ts';
import { changeCallDraft } from '../../../core/inside/call-drafts.ts';
import { functionPath } from '../../../core/paths.ts';

type Sent = Pick<
  TransactionDetail,
  'network' | 'from' | 'to' | 'function' | 'arguments' | 'value' | 'input'
>;

/** What has no form: ether that arrives, and what no function fits. */
const formless = /^(receive|fallback)\(/;

/** Why a transaction can't be edited and sent anew; null: it can. */
export function whyNotEdited({ to, function: signature, input }: Sent): string | null {
  if (to === null) return 'It creates a contract: deploy that anew from its project.';
  if (input === '0x' || (signature !== null && formless.test(signature))) {
    return 'It calls no function: there is no form for it.';
  }
  return signature === null
    ? 'The function that it calls is not known: build the project of the contract, or add it with its ABI.'
    : null;
}

/** Fills the form of the function that a transaction calls. Returns its address; null: there is none. */
export function editedCall(sent: Sent): string | null {
  const { network, from, to, function: signature, value } = sent;
  if (whyNotEdited(sent) !== null || to === null || signature === null) return null;
  changeCallDraft(
    { network, address: to.address, signature },
    {
      arguments: sent.arguments.map(textOf),
      from: from.address,
      value: value === '0' ? undefined : value,
    },
  );
  return functionPath(network, to.address, signature);
}
