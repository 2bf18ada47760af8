import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { api } from '../../../core/client.ts';
import { type AmountUnit, usualUnits } from '../../../families/contracts/abi/form-context.ts';

const mostDecimals = 36;

/** Units of amounts, with that of the contract where it is a token. */
export function useUnits({ network, address }: ContractDetail): readonly AmountUnit[] {
  const { data } = useQuery(
    api.contracts.readAll.queryOptions({ input: { network, contract: address } }),
  );
  const said = (name: string) => data?.functions.find((one) => one.function === `${name}()`)?.value;
  const decimals = Number(said('decimals'));
  const symbol = said('symbol');
  return useMemo(() => {
    if (typeof symbol !== 'string' || !(decimals > 0 && decimals <= mostDecimals)) {
      return usualUnits;
    }
    return [...usualUnits, { name: symbol.slice(0, 12), suffix: `e${decimals}` }];
  }, [symbol, decimals]);
}
