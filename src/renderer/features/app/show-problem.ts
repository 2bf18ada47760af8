import { toast } from 'sonner';
import { problemOf } from './problem.ts';
import { runFix } from './run-fix.ts';

/** Shows an error until it is dismissed, with its remedy as a button. */
export function showProblem(error: unknown): void {
  const { message, fix } = problemOf(error);
  const call = fix?.call;
  toast.error(message, {
    duration: call ? Number.POSITIVE_INFINITY : 12_000,
    closeButton: true,
    description: fix && !call ? fix.command : undefined,
    action:
      fix && call
        ? {
            label: fix.label,
            onClick: () => {
              runFix(call).then(() => toast.success(`${fix.label}: done`), showProblem);
            },
          }
        : undefined,
  });
}
