import { createElement } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { toast } from '../../ui/toast.ts';
import { commandOf, pageOf, problemOf } from './problem.ts';
import { runFix } from './run-fix.ts';
import { ToastDetail } from './toast-detail.tsx';

/** Shows an error until it is dismissed, with its remedy as a button. */
export function showProblem(error: unknown): void {
  const { code, message, fix } = problemOf(error);
  const call = fix?.call;
  const page = pageOf(fix);
  const act = () => {
    if (call) runFix(call).then(() => toast.success(`${fix.label}: done`), showProblem);
    else if (page) navigate(page);
  };
  const button = call || page ? fix : undefined;
  toast.error(message, {
    duration: button ? Number.POSITIVE_INFINITY : 12_000,
    closeButton: true,
    description: createElement(ToastDetail, { code, command: commandOf(fix) }),
    action: button && { label: button.label, onClick: act },
  });
}
