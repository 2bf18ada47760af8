import { useLocation } from 'wouter';
import type { Fix } from '#main/shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useCommand } from '../commands/use-command.ts';
import { useFeatures } from '../feature/features-context.ts';
import { ReadMore } from './docs-link.tsx';
import { commandOf, type Problem, pageOf, problemOf } from './problem.ts';
import { runFix } from './run-fix.ts';

interface FixButtonProps {
  fix: Fix;
  onFixed?(result: unknown): void;
  /** What the remedy is for, when it continues by itself. */
  then?(): void;
}

/** A remedy as a button. */
export function FixButton({ fix, onFixed, then }: FixButtonProps) {
  const { send, busy } = useCommand(runFix, { done: onFixed });
  const [, navigate] = useLocation();
  const features = useFeatures();
  const call = fix.call;
  const page = pageOf(fix);
  if (page) {
    return (
      <Button size="sm" onClick={() => navigate(page)}>
        {fix.label}
      </Button>
    );
  }
  if (!call) return null;
  const remedy = features.find(({ remedies }) => remedies?.[call.procedure])?.remedies;
  if (remedy) {
    return (
      <Button
        size="sm"
        onClick={() => remedy[call.procedure]?.(call.input, then ?? (() => undefined))}
      >
        {fix.label}…
      </Button>
    );
  }
  return (
    <Button size="sm" busy={busy} onClick={() => void send(call)}>
      {fix.label}
    </Button>
  );
}

/** Any error of a call: its message, its remedies, and a way to retry. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?(): void }) {
  return <KnownProblem problem={problemOf(error)} onFixed={onRetry} onRetry={onRetry} />;
}

interface KnownProblemProps {
  problem: Pick<Problem, 'message' | 'fix' | 'otherFixes'> & Partial<Pick<Problem, 'code'>>;
  onFixed?(result: unknown): void;
  onRetry?(): void;
}

/** The same for an error that has already been read. */
export function KnownProblem({ problem, onFixed, onRetry }: KnownProblemProps) {
  const { code, message, fix, otherFixes = [] } = problem;
  const fixes = fix ? [fix, ...otherFixes] : otherFixes;
  return (
    <ErrorNotice message={message} command={commandOf(fix)}>
      {fixes.map((one) => (
        <FixButton key={one.label} fix={one} onFixed={onFixed} />
      ))}
      {onRetry && (
        <Button size="sm" variant="ghost" onClick={onRetry}>
          Try again
        </Button>
      )}
      <ReadMore code={code} />
    </ErrorNotice>
  );
}
