/** That a fork has a contract from the chain that it began on. */
export function OfUpstream({ network, upstream }: { network: string; upstream: string }) {
  return (
    <span
      title={`Deployed on ${upstream} before ${network} began there`}
      className="shrink-0 text-xs text-ink-dim"
    >
      of {upstream}
    </span>
  );
}
