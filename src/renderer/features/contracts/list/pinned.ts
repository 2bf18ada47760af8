import { client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';

/** Keeps a contract at the top of lists, or no more. */
export const usePin = () =>
  useCommand((input: { network: string; contract: string; pinned: boolean }) =>
    client.contracts.pin(input),
  );
