import { useState } from 'react';
import type { AbiSource } from '#main/features/abi-sources/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { queryClient } from '../../core/query-client.ts';

export interface Sending {
  /** Where something is on its way to now, or waited for. */
  service: AbiSource | null;
  error: unknown;
  send(to: AbiSource): void;
}

/** Sends the sources of a contract to a service, and waits a while for what it says. */
export function useSending(ref: { network: string; contract: string }): Sending {
  const [service, setService] = useState<AbiSource | null>(null);
  const { send, error } = useCommand(
    (to: AbiSource) => client.verifications.submit({ ...ref, to }),
    { inPlace: true },
  );
  return {
    ...{ service, error },
    async send(to) {
      setService(to);
      await send(to);
      setService(null);
      // No change of the core tells of it.
      void queryClient.invalidateQueries({ queryKey: api.verifications.list.key() });
    },
  };
}
