import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { toast } from '../../ui/toast.ts';

/** Starts a chain, again if it runs; its state is kept. */
export function useRestart(chain: string) {
  const { send, busy } = useCommand(
    (gateway: 'on' | 'off' | undefined) => client.chains.restart({ chain, gateway }),
    { done: ({ rpcUrl }) => toast.success(`${chain} runs at ${rpcUrl}`) },
  );
  return { busy, restart: (gateway?: 'on' | 'off') => send(gateway) };
}
