import { FlaskConical, Printer } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ReviewDetail } from '#main/features/reviews/contract.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { deploymentPath, reviewPath } from '../../core/paths.ts';
import { asTrusted } from '../../core/trust.ts';
import { Button } from '../../ui/button.tsx';

/** Beside sending it: once more, never, and where it went. */
export function ReviewActions({ review }: { review: ReviewDetail }) {
  const { id, status, run, project, network, input } = review;
  const [, navigate] = useLocation();
  const again = useCommand(
    () =>
      asTrusted(project.id, 'rehearse', () =>
        client.reviews.rehearse({ project: project.id, target: network, input }),
      ),
    { done: (made) => made && navigate(reviewPath(made.id)) },
  );
  const reject = useCommand(() => client.reviews.reject({ id }));
  return (
    <>
      {run !== null && (
        <Button onClick={() => navigate(deploymentPath(run))}>Show the deployment</Button>
      )}
      {status === 'open' && (
        <Button busy={reject.busy} onClick={() => void reject.send(undefined)}>
          Reject
        </Button>
      )}
      <Button icon={<Printer aria-hidden="true" size={14} />} onClick={() => window.print()}>
        Print
      </Button>
      {status !== 'rehearsing' && (
        <Button
          icon={<FlaskConical aria-hidden="true" size={14} />}
          busy={again.busy}
          onClick={() => void again.send(undefined)}
        >
          Rehearse again
        </Button>
      )}
    </>
  );
}
