import { formatUnits } from 'viem';
import { AppError } from '../../../shared/errors.ts';
import type { DealtToken } from './about-token.ts';
import type { NoPlace } from './find-place.ts';

const refused = (message: string, field?: string): AppError =>
  new AppError('DEAL_FAILED', `${message} Nothing was changed.`, field ? { field } : {});

const shown = (value: bigint, { decimals, called }: DealtToken): string =>
  `${formatUnits(value, decimals)} ${called}`;

/** Why a balance can't be written. */
export function noBalance(token: DealtToken, no: NoPlace): AppError {
  if (no.why === 'most') {
    return refused(
      `${token.called} stores a balance in fewer bits: it can't be more than ${shown(no.most, token)}.`,
      'amount',
    );
  }
  if (no.why === 'near') {
    const near = no.near.map((one) => shown(one, token)).join(' or ');
    return refused(
      `${token.called} computes its balances from what it stores, and rounds: exactly this one can't come out. Give ${near} instead.`,
      'amount',
    );
  }
  return refused(
    `No place in the storage that ${token.called}.balanceOf reads holds this balance alone: the token computes it, so it can't be set. Send tokens from an account that has some, with "drydock contract send".`,
    'token',
  );
}

export const noSupply = (token: DealtToken): AppError =>
  refused(
    `The total supply of ${token.called} can't be adjusted: totalSupply() does not return what stands at one place, or that place decides what others hold. Deal without adjusting the supply.`,
    'adjustSupply',
  );

export const badSupply = (token: DealtToken): AppError =>
  refused(
    `The total supply of ${token.called} would fall below zero or pass 2^256: the balances are more than the supply already. Deal without adjusting the supply.`,
    'adjustSupply',
  );

export const enumerable = (token: DealtToken, owner: string | null, id: bigint): AppError =>
  refused(
    owner === null
      ? `${token.called} keeps lists of its tokens (ERC721Enumerable), which would no longer be true: mint ${id} with a function of the contract instead, with "drydock contract send".`
      : `${token.called} keeps lists of its tokens (ERC721Enumerable), which would no longer be true: send ${id} from its owner ${owner} instead, with "drydock contract send ${token.address} transferFrom ${owner} <to> ${id} --from ${owner}".`,
    'token',
  );

export const noOwner = (token: DealtToken, id: bigint): AppError =>
  refused(
    `No place in the storage that ${token.called}.ownerOf(${id}) reads holds the owner of this token alone: the contract computes it, or has no such id. Give an id that it has, or mint one with a function of the contract.`,
    'id',
  );

export const sharedOwner = (token: DealtToken, id: bigint): AppError =>
  refused(
    `${token.called} stores the owner of ${id} together with that of other tokens, which would change hands, too. Give another id, or send it from its owner with "drydock contract send".`,
    'id',
  );

export const unlikeSimulated = (token: DealtToken): AppError =>
  refused(
    `What was written to ${token.called} did not read back as it should, because the chain moved meanwhile. It was put back; try again.`,
  );
