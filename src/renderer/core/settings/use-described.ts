import { useQuery } from '@tanstack/react-query';
import type { DescribedSetting } from '#main/features/settings/contract.ts';
import { api } from '../client.ts';

/** What decides a setting, and its default; undefined while it is not known. */
export function useDescribed(key: string | undefined): DescribedSetting | undefined {
  const { data } = useQuery(api.settings.describe.queryOptions());
  return data?.find((one) => one.key === key);
}
