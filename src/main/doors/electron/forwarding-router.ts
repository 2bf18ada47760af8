import { type AnyContractRouter, isContractProcedure } from '@orpc/contract';
import { type AnyRouter, implement } from '@orpc/server';
import { contract } from '../../contract.ts';
import type { Client } from '../host/connect-to.ts';

/** The other core checks what comes in, and says in its own words what is wrong with it. */
const UNCHECKED = {
  initialInputValidationIndex: Number.NaN,
  initialOutputValidationIndex: Number.NaN,
};

type Call = (input: unknown, options: { signal?: AbortSignal | undefined }) => Promise<unknown>;
type Calls = { [name: string]: Calls } & Call;

/** What the shell itself knows, for a page whose core is another process. */
export interface OfTheShell {
  /** null: the user dismissed it. */
  pickFolder(): Promise<string | null>;
}

/**
 * The whole contract, answered by another core. Only the shell has the system's folder picker and
 * shows its notifications, wherever the core is.
 */
export function forwardingRouter(client: Client, { pickFolder }: OfTheShell): AnyRouter {
  const os = implement(contract);
  const router = forward(contract, client as unknown as Calls) as Record<string, object>;
  return {
    ...router,
    projects: { ...router.projects, pickFolder: os.projects.pickFolder.handler(pickFolder) },
    app: {
      ...router.app,
      info: os.app.info.handler(async ({ signal }) => ({
        ...(await client.app.info(undefined, { signal })),
        canPickFolder: true,
        canNotify: true,
      })),
    },
  };
}

function forward(part: AnyContractRouter, calls: Calls): AnyRouter {
  if (isContractProcedure(part)) {
    return implement(part)
      .$config(UNCHECKED)
      .handler(({ input, signal }) => calls(input, { signal }));
  }
  return Object.fromEntries(
    Object.entries(part as Record<string, AnyContractRouter>).map(([name, inner]) => [
      name,
      forward(inner, calls[name] as Calls),
    ]),
  );
}
