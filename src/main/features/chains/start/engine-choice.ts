import type { Engine, Preparation } from '../../../engines/engine.ts';
import type { EngineChoice, Engines, OwnChoice } from '../../../engines/engines.ts';
import { maskUrl } from '../../../lib/secrets/secret-url.ts';
import { AppError, type Fix } from '../../../shared/errors.ts';
import { anvil } from '../../../targets/chain/anvil.ts';
import type { ChainRow } from '../store.ts';

/** Where the caller wants a chain to run. */
export interface EngineWish {
  /** The one to use; chosen anew if left out. */
  engine?: Engine;
  /** What they would rather have, if nothing is chosen for the chain itself. */
  rather?: OwnChoice;
  preparation?: Preparation;
}

/** What is chosen for a chain from now on, if `asked` is what its start asks for. */
export function ownEngine(row: ChainRow, asked: EngineChoice | undefined): OwnChoice {
  if (asked === undefined) return row.engine;
  return asked === 'auto' ? null : asked;
}

/**
 * The engine, and how a chain of it reaches what it forks from. Rejects as `Engines.choose`, and with
 * RPC_UNREACHABLE.
 */
export async function chooseEngine(
  engines: Engines,
  name: string,
  upstream: string | undefined,
  own: OwnChoice,
  { engine: wanted, rather = null, preparation }: EngineWish,
): Promise<{ engine: Engine; forkUrl: string | null }> {
  const choice = own ?? rather;
  const engine =
    wanted ??
    (await engines.choose(preparation, choice, { tool: anvil.name }).catch((error: unknown) => {
      throw own === 'docker' ? withoutDocker(name, error) : error;
    }));
  if (upstream === undefined) return { engine, forkUrl: null };
  const forkUrl = await engine.reach(upstream);
  if (forkUrl !== null) return { engine, forkUrl };
  const other = engines.instead(engine, choice);
  if (other) return { engine: other, forkUrl: upstream };
  throw outOfReach(name, upstream);
}

/** How a chain of the engine reaches what it forks from. Rejects with RPC_UNREACHABLE. */
export async function reached(engine: Engine, name: string, upstream: string): Promise<string> {
  const forkUrl = await engine.reach(upstream);
  if (forkUrl === null) throw outOfReach(name, upstream);
  return forkUrl;
}

const outOfReach = (name: string, upstream: string) =>
  new AppError(
    'RPC_UNREACHABLE',
    `A container can't reach ${maskUrl(upstream)}, where ${name} forks from: it listens on this machine alone. Let it listen on 0.0.0.0, or run without Docker.`,
    { fix: startWithoutDocker(name, 'Run without Docker') },
  );

/** What is chosen goes nowhere else by itself; but the way there is one step. */
function withoutDocker(name: string, error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'ENGINE_UNAVAILABLE') return error;
  return new AppError(error.code, `${error.message} Docker was chosen for the chain ${name}.`, {
    fix: startWithoutDocker(name, 'Start it without Docker'),
  });
}

export const startWithoutDocker = (name: string, label: string): Fix => ({
  label,
  command: `drydock chain start ${name} --engine process`,
  call: { procedure: 'chains.start', input: { chain: name, engine: 'process' } },
});

/** Throws CHAIN_BUSY for a chain that would have to be started anew for that. */
export function assertRunsOn(
  engines: Engines,
  { name, process }: ChainRow,
  engine: EngineChoice | undefined,
): void {
  if (!process || engine === undefined || engine === 'auto') return;
  if (engines.of(process).name === engine) return;
  const where = engine === 'docker' ? 'in Docker' : 'without Docker';
  throw new AppError('CHAIN_BUSY', `${name} is running already. To run it ${where}, restart it.`, {
    fix: {
      label: `Restart ${name} ${where}`,
      command: `drydock chain restart ${name} --engine ${engine}`,
      call: { procedure: 'chains.restart', input: { chain: name, engine } },
    },
  });
}
