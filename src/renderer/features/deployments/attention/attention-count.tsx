import { useQuery } from '@tanstack/react-query';
import { api } from '../../../core/client.ts';
import { count, plural } from '../../../ui/format.ts';

/** How many failed runs wait for a decision. */
function useAttentionCount(): number {
  const input = { needsAttention: true, limit: 1 };
  return useQuery(api.deployments.list.queryOptions({ input })).data?.total ?? 0;
}

/** The same in the sidebar. */
export function AttentionCount() {
  const failed = useAttentionCount();
  if (failed === 0) return null;
  const words = `${plural(failed, 'run')} ${failed === 1 ? 'needs' : 'need'} attention`;
  return (
    <span title={words} className="text-2xs font-semibold text-bad nums">
      {count(failed)}
      <span className="sr-only"> {words.replace(/^\S+ /, '')}</span>
    </span>
  );
}

/** Shown beside Go to Needs attention. */
export function useAttentionDetail(): string | undefined {
  const failed = useAttentionCount();
  return failed > 0 ? plural(failed, 'run') : undefined;
}
