import { useLocation } from 'wouter';
import { client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import type { InView } from '../../../core/feature/slots.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { useRunInView } from './run-in-view.ts';

/** [ and ] show the run of the project before the one in view, and the one after it. */
export function RunKeys({ project }: InView) {
  const id = project?.id ?? 0;
  const run = useRunInView(id);
  const [, navigate] = useLocation();
  const { send } = useCommand(async (towards: 'before' | 'after') => {
    const found = await client.history.list({
      ...{ project: id, limit: 1, count: false },
      [towards]: run,
    });
    const next = found.items[0];
    if (next) navigate(deploymentPath(next.id));
  });
  const enabled = project !== null && run !== null;
  useKey(keys.previousRun, () => void send('before'), { enabled });
  useKey(keys.nextRun, () => void send('after'), { enabled });
  return null;
}
