import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { queryClient } from '../../core/query-client.ts';
import { Button } from '../../ui/button.tsx';
import type { Remedy } from './gateway-words.ts';
import { useRestart } from './use-restart.ts';

const restartText: Record<Remedy, (chain: string) => string> = {
  serve: (chain) => `Restart ${chain}`,
  restart: (chain) => `Restart ${chain} behind the gateway`,
  leave: (chain) => `Restart ${chain} without the gateway`,
};

/** What brings a chain behind the gateway or from there, or the gateway back before it. */
export function GatewayRemedy({ chain, remedy }: { chain: string; remedy: Remedy }) {
  const restart = useRestart(chain);
  const serve = useCommand(() => client.doctor.reconcile(), {
    done: () => void queryClient.invalidateQueries({ queryKey: api.gateway.status.key() }),
  });
  return (
    <div className="flex flex-wrap gap-2">
      {remedy === 'serve' && (
        <Button
          size="sm"
          variant="primary"
          busy={serve.busy}
          onClick={() => void serve.send(undefined)}
        >
          Serve it again
        </Button>
      )}
      <Button size="sm" busy={restart.busy} onClick={() => restart.restart()}>
        {restartText[remedy](chain)}
      </Button>
    </div>
  );
}
