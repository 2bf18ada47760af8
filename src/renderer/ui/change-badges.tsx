import { Badge } from './badge.tsx';

/** What differs between two sides of a comparison; says so when nothing does. */
export function ChangeBadges({ changes }: { changes: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {changes.length === 0 && <span className="text-ink-dim">same</span>}
      {changes.map((change) => (
        <Badge
          key={change}
          tone={change === 'removed' ? 'bad' : change === 'added' ? 'ok' : 'warn'}
        >
          {change}
        </Badge>
      ))}
    </span>
  );
}
