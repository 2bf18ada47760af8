import type { Network, NetworkInput, NetworkKind } from '#main/features/networks/contract.ts';

/** The form as it was typed. */
export interface NetworkDraft {
  name: string;
  kind: NetworkKind;
  url: string;
  chainId: string;
  forkBlock: string;
  port: string;
  keepChainId: boolean;
}

type Problems = Partial<Record<keyof NetworkDraft, string>>;

function wholeNumber(text: string, max: number): number | undefined | 'bad' {
  if (text.trim() === '') return undefined;
  const value = Number(text.trim().replaceAll(/[_,]/g, ''));
  return Number.isSafeInteger(value) && value >= 0 && value <= max ? value : 'bad';
}

/** What is to be saved, or, field by field, why it can't be. */
export function networkInput(
  draft: NetworkDraft,
  existing: Network | null,
): { input: NetworkInput | null; problems: Problems } {
  const problems: Problems = {};
  const name = draft.name.trim();
  if (!/^[a-z0-9][a-z0-9._-]{0,39}$/i.test(name)) {
    problems.name = 'Letters, digits, dots and dashes; at most 40.';
  }
  const url = draft.url.trim();
  if (draft.kind !== 'local') {
    if (url === '' && !existing?.url) problems.url = 'The address of a node.';
    else if (url !== '' && !(/^https?:\/\//.test(url) && URL.canParse(url))) {
      problems.url = 'An address that starts with http:// or https://.';
    }
  }
  const chainId = wholeNumber(draft.chainId, Number.MAX_SAFE_INTEGER);
  if (chainId === 'bad' || chainId === 0) problems.chainId = 'A whole number above 0.';
  const forkBlock = wholeNumber(draft.forkBlock, Number.MAX_SAFE_INTEGER);
  if (forkBlock === 'bad') problems.forkBlock = 'A block number.';
  const port = wholeNumber(draft.port, 65_535);
  if (port === 'bad' || port === 0) problems.port = 'A number from 1 to 65535.';
  if (Object.keys(problems).length > 0) return { input: null, problems };

  const fork = draft.kind === 'fork';
  return {
    problems,
    input: {
      name,
      kind: draft.kind,
      url: draft.kind === 'local' || url === '' ? undefined : url,
      chainId: chainId === 'bad' ? undefined : chainId,
      forkBlock: fork ? (forkBlock === 'bad' ? null : (forkBlock ?? null)) : undefined,
      keepChainId: fork ? draft.keepChainId : undefined,
      port: draft.kind === 'remote' ? undefined : port === 'bad' ? null : (port ?? null),
    },
  };
}
