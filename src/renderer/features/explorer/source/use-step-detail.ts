import { useQuery } from '@tanstack/react-query';
import type { StepDetail } from '#main/features/explorer/contract/source.ts';
import { api } from '../../../core/client.ts';

/** What runs at a step, with its values. @param step null: none is chosen */
export function useStepDetail(
  network: string,
  hash: string,
  step: number | null,
): StepDetail | undefined {
  const { data } = useQuery(
    api.explorer.step.queryOptions({
      input: { network, hash, step: step ?? 0 },
      enabled: step !== null,
      placeholderData: (before) => before,
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    }),
  );
  return data;
}
