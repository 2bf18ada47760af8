import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import type { Tone } from '../../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { AllowForm } from './allow-form.tsx';
import { type OriginLine, useDecide, useOrigins } from './use-origins.ts';

const words: Record<OriginLine['is'], { word: string; tone: Tone }> = {
  allow: { word: 'allowed', tone: 'ok' },
  deny: { word: 'denied', tone: 'idle' },
  refused: { word: 'refused', tone: 'warn' },
};

const choices = {
  allow: ['deny', 'forget'],
  deny: ['allow', 'forget'],
  refused: ['allow', 'deny'],
} as const;

const labels = { allow: 'Allow', deny: 'Deny', forget: 'Forget' };

/** Web pages that may call a chain, those that may not, and those that have asked lately. */
export function Origins({ chain }: { chain: string }) {
  const { lines, error } = useOrigins(chain);
  return (
    <div className="flex flex-col gap-2.5">
      {error && <ProblemNotice error={error} />}
      {!lines && !error && <Skeleton rows={2} />}
      {lines?.length === 0 && (
        <p className="text-sm text-ink-dim">
          No page of another site has called {chain} yet. One that does is refused, and listed here.
        </p>
      )}
      {lines && lines.length > 0 && (
        <Table label="Web pages">
          <thead>
            <tr>
              <Th>Page</Th>
              <Th priority={0}>Access</Th>
              <Th end priority={2}>
                Since
              </Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.origin} chain={chain} line={line} />
            ))}
          </tbody>
        </Table>
      )}
      <AllowForm chain={chain} />
    </div>
  );
}

function Row({ chain, line: { origin, is, at } }: { chain: string; line: OriginLine }) {
  const { busy, decide } = useDecide(chain);
  return (
    <tr className="group">
      <Td mono className="w-full max-w-0 truncate">
        <span title={origin}>{origin}</span>
      </Td>
      <Td>
        <Badge tone={words[is].tone}>{words[is].word}</Badge>
      </Td>
      <Td end className="text-ink-dim">
        <RelativeTime at={at} />
      </Td>
      <Td>
        <span className="flex justify-end gap-1.5">
          {choices[is].map((what) => (
            <Button
              key={what}
              size="sm"
              aria-label={`${labels[what]} ${origin}`}
              disabled={busy}
              onClick={() => void decide({ origin, what })}
            >
              {labels[what]}
            </Button>
          ))}
        </span>
      </Td>
    </tr>
  );
}
