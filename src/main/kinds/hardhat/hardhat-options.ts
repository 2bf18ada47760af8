import { shapes, type ToolOption, type ToolOptions } from '../tool-options.ts';
import type { HardhatWay } from './input.ts';

const { positive, address, oneOf } = shapes;

const flag: ToolOption = {};
const wei = { value: { is: /^\d{1,30}$/, what: 'an amount in wei' } };

const compiling = { 'no-compile': flag };

/** What the tasks take that deploy, by how an entry is deployed. */
const ofTask: Record<HardhatWay, { task: string; known: Record<string, ToolOption> }> = {
  ignition: {
    task: 'ignition deploy',
    known: {
      'default-sender': { value: address },
      strategy: { value: oneOf('basic', 'create2') },
      reset: flag,
      verify: flag,
    },
  },
  script: { task: 'run', known: compiling },
  contract: { task: 'compile', known: { force: flag } },
  'hardhat-deploy': {
    task: 'deploy',
    known: {
      ...compiling,
      reset: flag,
      log: flag,
      'report-gas': flag,
      gasprice: wei,
      maxfee: wei,
      priorityfee: wei,
    },
  },
};

/** Global ones of Hardhat 2 and 3. */
const ofVersion: Record<2 | 3, Record<string, ToolOption>> = {
  2: {
    'show-stack-traces': flag,
    verbose: flag,
    typecheck: flag,
    'max-memory': { value: positive },
    tsconfig: {
      value: { is: /^(?!.*\.\.)[\w.-][\w./-]{0,200}$/, what: 'a file of the project' },
    },
  },
  3: {
    'show-stack-traces': flag,
    verbosity: { value: { is: /^[0-5]$/, what: 'a number from 0 to 5' } },
  },
};

const OF_OTHERS = 'Nothing would be deployed. Leave it out.';

const refused: Record<string, string> = {
  network: 'Drydock says itself where the run goes: choose the network.',
  config: 'Drydock reads hardhat.config in the folder of the project. Leave it out.',
  parameters: 'It is an input of its own: --param Module.name=value.',
  tags: 'It is an input of its own: --tag.',
  'build-profile': 'It is an input of its own: --build-profile.',
  'deployment-id':
    'What has been deployed follows the chain, in records that Drydock keeps. Leave it out.',
  'write-localhost-deployment': 'The run goes to a chain of its own accord. Leave it out.',
  write: 'What has been deployed follows the chain, in records that are written. Leave it out.',
  pendingtx:
    'What has been deployed follows the chain, in records that Drydock keeps. Leave it out.',
  export: 'It writes into the project. Export the deployment from Drydock instead.',
  'export-all': 'It writes into the project. Export the deployment from Drydock instead.',
  watch: 'The run would not end. Leave it out.',
  'watch-only': 'The run would not end. Leave it out.',
  coverage: 'Instrumented contracts are none to deploy. Leave it out.',
  'gas-stats': 'It is about tests. Leave it out.',
  'gas-stats-json': 'It is about tests. Leave it out.',
  flamegraph: 'It writes into the project. Leave it out.',
  emoji: 'Drydock reads the output of the run as it usually is. Leave it out.',
  silent: 'Drydock reads the output of the run as it usually is. Leave it out.',
  help: OF_OTHERS,
  version: OF_OTHERS,
  init: OF_OTHERS,
};

/** The options of a Hardhat, and of the task that deploys; of 3 where its version isn't known yet. */
export function hardhatOptions(major: number | undefined, way: HardhatWay): ToolOptions {
  const { task, known } = ofTask[way];
  return {
    tool: `npx hardhat ${task}`,
    known: { ...ofVersion[major === 2 ? 2 : 3], ...known },
    refused,
  };
}
