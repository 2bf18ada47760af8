import type { Engine } from '../engines/engine.ts';
import { toolCheck } from '../engines/tool-check.ts';
import type { ToolSpec } from '../engines/tools.ts';
import type { NamedCheck } from '../shared/check.ts';
import { anvil } from './chain/anvil.ts';

/** What types of targets need on a machine, available without loading a target. */
export const targetSpecs: {
  tools: readonly ToolSpec[];
  checks: (deps: { engine: Pick<Engine, 'tool'> }) => NamedCheck[];
} = {
  tools: [anvil],
  checks: ({ engine }) => [toolCheck(anvil, engine)],
};
