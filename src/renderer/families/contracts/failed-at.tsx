import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { api } from '../../core/client.ts';
import { OpenSource } from '../../core/open-in/open-source.tsx';
import { transactionPath } from '../../core/paths.ts';
import { revertedHash } from './words.ts';

/**
 * The line of source that the transaction of a failed run was reverted at, which leads to it. Of one
 * that failed before anything was sent there is no transaction, and the log has its calls.
 */
export function FailedAt({ run }: { run: DeploymentDetail }) {
  const hash = revertedHash(run);
  const { data } = useQuery(
    api.explorer.transaction.queryOptions({
      input: { network: run.target, hash: hash ?? '', source: true },
      enabled: hash !== null,
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    }),
  );
  if (hash === null) {
    return run.failure?.code.endsWith('REVERTED') ? (
      <p className="mt-1 text-xs text-ink-soft">
        It failed when it was tried, before it was sent: there is no transaction to look into. The
        log has the calls that led to it.
      </p>
    ) : null;
  }
  const source = data?.source;
  if (!source) return null;
  const { file, line, excerpt } = source.position;
  const [innermost] = source.stack;
  return (
    <div className="mt-2 flex items-center gap-1">
      <Link
        href={transactionPath(run.target, hash)}
        aria-label={`Failed at ${file}:${line}`}
        className="block min-w-0 flex-1 overflow-hidden rounded-md border border-line bg-sunken px-2.5 py-1.5 font-mono text-xs hover:border-line-strong"
      >
        <span className="block truncate text-ink-dim">
          {file}:{line}
          {innermost && ` in ${innermost.function ?? innermost.contract}`}
          {data?.error && ` · ${data.error.text}`}
        </span>
        <span className="block truncate text-ink">
          {excerpt.lines[line - excerpt.firstLine]?.trim()}
        </span>
      </Link>
      <OpenSource project={run.project.id} file={file} line={line} />
    </div>
  );
}
