import type { OpenProjectInput } from '#main/features/open-in/contract.ts';
import { toast } from '../../ui/toast.ts';
import { client } from '../client.ts';
import { useCommand } from '../commands/use-command.ts';

/** Opens a project or a file of it with a program of the machine, and says with which. */
export function useOpen() {
  return useCommand(
    (input: Omit<OpenProjectInput, 'in'> & Partial<Pick<OpenProjectInput, 'in'>>) =>
      client.openIn.project(input),
    {
      done: ({ program, path }) =>
        toast.success(`Opened in ${program}`, { description: path, duration: 2000 }),
    },
  );
}
