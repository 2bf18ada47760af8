import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Fix } from '#main/kit/errors.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { commandOf, pageOf, problemOf } from './problem.ts';
import { runFix } from './run-fix.ts';
import { showProblem } from './show-problem.ts';

export function FixButton({ fix, onFixed }: { fix: Fix; onFixed?(): void }) {
  const [busy, setBusy] = useState(false);
  const [, navigate] = useLocation();
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
  return (
    <Button
      size="sm"
      busy={busy}
      onClick={() => {
        if (busy) return;
        setBusy(true);
        runFix(call)
          .then(() => onFixed?.(), showProblem)
          .finally(() => setBusy(false));
      }}
    >
      {fix.label}
    </Button>
  );
}

/** Any error of a call: its sentence, its remedy, and a way to try again. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?(): void }) {
  const { message, fix } = problemOf(error);
  return (
    <ErrorNotice message={message} command={commandOf(fix)}>
      {fix && <FixButton fix={fix} onFixed={onRetry} />}
      {onRetry && (
        <Button size="sm" variant="ghost" onClick={onRetry}>
          Try again
        </Button>
      )}
    </ErrorNotice>
  );
}
