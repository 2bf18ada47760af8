import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { address } from '../../shared/address.ts';
import { errors, procedure } from '../../shared/procedure.ts';
import { deploymentRef } from '../../shared/refs.ts';
import { contract } from '../../shared/result.ts';
import { abiSource } from '../abi-sources/contract.ts';
import { artifactRef } from '../artifacts/contract.ts';
import {
  decodedError,
  decodedEvent,
  decodedValues,
  knownAddress,
  transactionStatus,
} from '../explorer/contract.ts';
import { projectRef } from '../projects/contract.ts';

/** A contract that is on its network now, and the run that made it. */
export const liveContract = contract.omit({ elsewhere: true }).extend({
  label: z.string().nullable().describe('what the user calls it, or the project'),
  deployment: deploymentRef.extend({ createdAt: z.int().describe('Unix time, ms') }),
});
export type LiveContract = z.infer<typeof liveContract>;

/** One that the user has named: no deployment here has made it. */
export const addedContract = z.object({
  network: z.string(),
  address: z.string(),
  name: z.string(),
  addedAt: z.int().describe('Unix time, ms'),
});
export type AddedContract = z.infer<typeof addedContract>;

export const addedNow = addedContract.extend({
  logic: z.array(addedContract).describe('what runs behind a proxy now, added with it'),
});
export type AddedNow = z.infer<typeof addedNow>;

export const liveContracts = z.object({
  contracts: z.array(liveContract).describe('newest deployment first'),
  total: z.int().describe('of all that match, also beyond the limit'),
  added: z.array(addedContract).describe('those that the user has added; none for a project'),
});
export type LiveContracts = z.infer<typeof liveContracts>;

export const liveContractsInput = z.object({
  project: projectRef.optional(),
  target: z.string().min(1).max(200).optional().describe('name of a network'),
  limit: z.int().min(1).max(10_000).default(1000),
});
export type LiveContractsInput = z.infer<typeof liveContractsInput>;

const network = z.string().min(1).max(200).default('local').describe('name of a network');

export const contractRef = z.object({
  network,
  contract: z
    .string()
    .min(1)
    .max(500)
    .describe('address, label, name, or what the project calls it; with its project: vault.Token'),
});
export type ContractRef = z.infer<typeof contractRef>;

export const addedName = z
  .string()
  .regex(
    /^[^\s\p{C}.-][^\s\p{C}.]{0,99}$/u,
    'give a name without spaces and dots, at most 100 characters',
  )
  .refine((name) => !/^(0x|\d+$)/i.test(name), 'give a name that is no number and no address');

export const addInput = z.object({
  network,
  address,
  name: addedName
    .optional()
    .describe('default: that of the compiled contract, or the verified one'),
  abi: z
    .array(z.looseObject({ type: z.string() }))
    .max(3000)
    .optional()
    .describe('as compilers write it'),
  artifact: artifactRef.optional().describe('a compiled contract that it is one of'),
  from: abiSource
    .optional()
    .describe('ask there for the ABI, of a proxy also for that of what runs behind it'),
});
export type AddInput = z.infer<typeof addInput>;

const callInput = contractRef.extend({
  function: z
    .string()
    .min(1)
    .max(2000)
    .describe(
      'its name, or its signature; of one that no ABI has with what it returns: fee()(uint256)',
    ),
  arguments: z
    .array(z.string().max(200_000))
    .max(200)
    .default([])
    .describe(
      'as typed: 12, 0x1f, 1.5ether, [1,2], (a,true); for an address also a label, a name or the index of an account',
    ),
  from: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('index of an account of the chain, address, label, or name of a contract'),
});

const transactionInput = callInput.extend({
  value: z.string().max(100).optional().describe('wei, or an amount with its unit: 1.5ether'),
});
export type CallInput = z.infer<typeof transactionInput>;

export const sendInput = transactionInput.extend({
  force: z.boolean().default(false).describe('also what would fail'),
});
export type SendInput = z.infer<typeof sendInput>;

export const readInput = callInput.extend({
  block: z.int().nonnegative().optional().describe('as it was then; default: now'),
});
export type ReadInput = z.infer<typeof readInput>;

const value = z
  .unknown()
  .describe(
    'the value that it returns, as plain JSON; a list of several; null of none. Integers are decimal strings',
  );

export const contractValue = z.object({
  address: z.string(),
  function: z.string().describe('its signature'),
  value,
  values: decodedValues,
  blockNumber: z.int(),
});
export type ContractValue = z.infer<typeof contractValue>;

export const contractValues = z.object({
  address: z.string(),
  blockNumber: z.int(),
  functions: z.array(
    z.object({
      function: z.string(),
      value,
      values: decodedValues,
      error: decodedError.nullable().describe('why it gave none'),
    }),
  ),
});
export type ContractValues = z.infer<typeof contractValues>;

export const readManyInput = z.object({
  network,
  block: z.int().nonnegative().optional().describe('as it was then; default: now'),
  calls: z
    .array(callInput.omit({ network: true }))
    .min(1)
    .max(500),
});
export type ReadManyInput = z.infer<typeof readManyInput>;

export const readValues = z.object({
  blockNumber: z.int().describe('of all of them'),
  results: z
    .array(
      z.object({
        contract: z.string().describe('as it was asked for'),
        address: z.string().nullable(),
        function: z.string(),
        value,
        values: decodedValues,
        error: z
          .object({ code: z.string(), message: z.string() })
          .nullable()
          .describe('why it gave none'),
      }),
    )
    .describe('in the order of the calls'),
});
export type ReadValues = z.infer<typeof readValues>;

export const snippetInput = transactionInput.extend({
  block: z.int().nonnegative().optional(),
  as: z.enum(['cast', 'viem']),
  sends: z.boolean().default(false).describe('as a transaction'),
});
export type SnippetInput = z.infer<typeof snippetInput>;

const parameter = z.looseObject({ name: z.string(), type: z.string() });

export const contractDetail = z.object({
  network: z.string(),
  address: z.string(),
  name: z.string().nullable().describe('of the logic, behind a proxy'),
  label: z.string().nullable().describe('what the project or the user calls it'),
  proxy: z
    .object({ name: z.string().nullable(), kind: z.string(), implementation: knownAddress })
    .nullable(),
  artifact: z.int().nullable().describe('id of its artifact'),
  deployment: liveContract.shape.deployment.nullable(),
  balance: z.string().describe('wei, decimal'),
  codeBytes: z.int(),
  functions: z.array(
    z.object({
      name: z.string(),
      signature: z.string(),
      stateMutability: z.enum(['pure', 'view', 'nonpayable', 'payable']),
      inputs: z.array(parameter).describe('as in the ABI'),
      outputs: z.array(parameter),
    }),
  ),
  events: z.array(z.string()).describe('signatures'),
  errors: z.array(z.string()).describe('signatures'),
});
export type ContractDetail = z.infer<typeof contractDetail>;

export const contractCode = z.object({
  address: z.string(),
  name: z.string().nullable(),
  abi: z.array(z.looseObject({ type: z.string() })).describe('of a proxy, with that of its logic'),
  runtimeCode: z.string().describe('what stands at the address, hex'),
  creationCode: z
    .string()
    .nullable()
    .describe(
      'hex, without arguments; where addresses of libraries go, anything. Of a proxy, that of its logic. null: no project here has compiled it',
    ),
});
export type ContractCode = z.infer<typeof contractCode>;

export const contractAbi = z.object({
  name: z.string(),
  address: z.string().nullable().describe('null: of a compiled contract'),
  abi: z.array(z.looseObject({ type: z.string() })),
});
export type ContractAbi = z.infer<typeof contractAbi>;

export const eventsInput = contractRef.extend({
  event: z.string().min(1).max(2000).optional().describe('its name or signature; default: all'),
  where: z
    .record(z.string().max(200), z.string().max(10_000))
    .default({})
    .describe('values of indexed arguments, as typed'),
  fromBlock: z.int().nonnegative().optional().describe('default: since its deployment'),
  toBlock: z.int().nonnegative().optional(),
  before: z.int().nonnegative().optional().describe('go on with this block'),
  limit: z.int().min(1).max(1000).default(50).describe('about so many: pages end with a block'),
});
export type EventsInput = z.infer<typeof eventsInput>;

export const contractEvents = z.object({
  address: z.string(),
  events: z
    .array(decodedEvent.extend({ blockNumber: z.int(), transactionHash: z.string() }))
    .describe('the newest first'),
  next: z.int().nullable().describe('the block to go on with; null: there are no more'),
});
export type ContractEvents = z.infer<typeof contractEvents>;

export const followEventsInput = eventsInput.pick({
  ...{ contract: true, network: true, event: true, where: true },
});
export type FollowEventsInput = z.infer<typeof followEventsInput>;

export const eventNews = z.object({
  events: contractEvents.shape.events.describe('new ones, the oldest first'),
  gone: z
    .int()
    .nullable()
    .describe('taken back since: what was told of this block and of later ones; null: nothing was'),
  upTo: z.int().describe('the block up to which all is told'),
});
export type EventNews = z.infer<typeof eventNews>;

const slot = z
  .string()
  .regex(
    /^(0x[0-9a-fA-F]{1,64}|\d{1,77})$/,
    'give a slot: a number, or 0x and up to 64 hex digits',
  );

export const storageInput = contractRef.extend({
  slots: z.array(slot).max(200).default([]).describe('as they are; none: the variables'),
  block: z.int().nonnegative().optional().describe('as it was then; default: now'),
});
export type StorageInput = z.infer<typeof storageInput>;

export const contractStorage = z.object({
  address: z.string(),
  blockNumber: z.int(),
  slots: z.array(z.object({ slot: z.string(), word: z.string().describe('hex, 32 bytes') })),
  variables: z
    .array(
      z.object({
        name: z.string().describe('e.g. owner, spot.to, list.length, list[0]'),
        type: z.string().describe('as its source has it'),
        value: z.string().nullable().describe('null: a mapping, or too long'),
        slot: z.string().describe('hex'),
        offset: z.int().describe('bytes from the right of the slot'),
      }),
    )
    .describe('in the order of the layout'),
  problem: z.string().nullable().describe('why there are none, or not all'),
});
export type ContractStorage = z.infer<typeof contractStorage>;

export const simulation = z.object({
  succeeds: z.boolean(),
  address: z.string(),
  from: z.string().nullable(),
  function: z.string().describe('its signature'),
  value,
  values: decodedValues,
  gas: z.string().nullable().describe('null: it would fail, or the network does not tell'),
  error: decodedError.nullable(),
  events: z.array(decodedEvent).nullable().describe('null: the network gives no trace'),
  blockNumber: z.int(),
});
export type Simulation = z.infer<typeof simulation>;

export const sentCall = z.object({
  hash: z.string(),
  status: transactionStatus.describe('pending: it was not mined within 10 s'),
  from: z.string(),
  to: z.string(),
  function: z.string().describe('its signature'),
  value: z.string().describe('wei, decimal'),
  gasUsed: z.string().nullable(),
  blockNumber: z.int().nullable(),
  events: z.array(decodedEvent),
  error: decodedError.nullable().describe('why it was reverted'),
});
export type SentCall = z.infer<typeof sentCall>;

const callName = z
  .string()
  .trim()
  .regex(
    /^[^\s\p{C}-][^\p{C}\p{Zl}\p{Zp}]{0,79}$/u,
    'give a name of at most 80 visible characters',
  );

/** A call under a name. What it is about is kept as it was typed. */
export const savedCall = z.object({
  name: z.string(),
  network: z.string(),
  contract: z.string().describe('a name stands for what is called so when it is run'),
  address: z.string().nullable().describe('where that is now; null: nowhere'),
  function: z.string().describe('its signature'),
  arguments: z.array(z.string()),
  from: z.string().nullable(),
  value: z.string().nullable(),
  sends: z.boolean().describe('false: it only reads'),
  savedAt: z.int().describe('Unix time, ms'),
});
export type SavedCall = z.infer<typeof savedCall>;

const savedCallRef = z.object({ network, name: z.string().min(1).max(200) });
export type SavedCallRef = z.infer<typeof savedCallRef>;

export const saveCallInput = transactionInput.extend({
  name: callName.describe('unique in any case on its network'),
  replace: z.boolean().default(false).describe('the call that has the name'),
});
export type SaveCallInput = z.infer<typeof saveCallInput>;

export const runCallInput = savedCallRef.extend({
  simulate: z.boolean().default(false).describe('tell what it would do, and send nothing'),
  force: z.boolean().default(false).describe('send also what would fail'),
});
export type RunCallInput = z.infer<typeof runCallInput>;

export const ranCall = z.object({
  call: savedCall,
  value: contractValue.nullable().describe('of one that reads'),
  simulation: simulation.nullable(),
  sent: sentCall.nullable().describe('of one that writes'),
});
export type RanCall = z.infer<typeof ranCall>;

const onNetwork = procedure.errors(
  errors(
    ...(['NETWORK_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE'] as const),
    ...(['CONTRACT_NOT_FOUND', 'CONTRACT_AMBIGUOUS'] as const),
  ),
);
const calling = onNetwork.errors(
  errors('FUNCTION_NOT_FOUND', 'FUNCTION_AMBIGUOUS', 'BAD_ARGUMENT', 'CALL_REVERTED'),
);

const sending = calling.errors(
  errors('CHAIN_BUSY', 'CHAIN_CALL_FAILED', 'CHAIN_NOT_FOUND', 'UNSUPPORTED'),
);

/** What stands on networks: read, tried and called by name. */
export const contracts = {
  live: procedure
    .route({
      method: 'GET',
      path: '/contracts/live',
      summary: 'Contracts that are on their network now, of all projects or of one',
    })
    .input(liveContractsInput)
    .output(liveContracts)
    .errors(errors('PROJECT_NOT_FOUND')),
  show: onNetwork
    .route({
      method: 'GET',
      path: '/contracts/show',
      summary: 'A contract with its proxy, its deployment, functions, events and errors',
    })
    .input(contractRef)
    .output(contractDetail),
  code: onNetwork
    .route({
      method: 'GET',
      path: '/contracts/code',
      summary: 'The ABI of a contract, its code, and the code that creates one',
    })
    .input(contractRef)
    .output(contractCode),
  events: onNetwork
    .errors(errors('EVENT_NOT_FOUND', 'BAD_ARGUMENT'))
    .route({
      method: 'POST',
      path: '/contracts/events',
      summary: 'What a contract has written, decoded, newest first',
    })
    .input(eventsInput)
    .output(contractEvents),
  followEvents: onNetwork
    .errors(errors('EVENT_NOT_FOUND', 'BAD_ARGUMENT', 'TOO_MANY_STREAMS'))
    .route({
      method: 'GET',
      path: '/contracts/events/follow',
      summary: 'New events of a contract, decoded, as blocks come, and what of them was taken back',
    })
    .input(followEventsInput)
    .output(eventIterator(eventNews)),

  abi: onNetwork
    .errors(errors('ARTIFACT_NOT_FOUND', 'ARTIFACT_AMBIGUOUS'))
    .route({
      method: 'GET',
      path: '/contracts/abi',
      summary: 'ABI of a contract on a network, or of a compiled one; of a proxy with its logic',
    })
    .input(contractRef)
    .output(contractAbi),
  storage: onNetwork
    .route({
      method: 'GET',
      path: '/contracts/storage',
      summary: 'What a contract has stored, by the names of its variables',
    })
    .input(storageInput)
    .output(contractStorage),
  add: procedure
    .errors(
      errors(
        ...(['NETWORK_NOT_FOUND', 'NAME_TAKEN'] as const),
        ...(['ARTIFACT_NOT_FOUND', 'ARTIFACT_AMBIGUOUS'] as const),
        ...(['CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE', 'CONTRACT_NOT_FOUND'] as const),
        ...(['CONTRACT_NOT_VERIFIED', 'SOURCE_UNREACHABLE', 'SECRETS_UNREADABLE'] as const),
        'UNSUPPORTED',
      ),
    )
    .route({
      method: 'POST',
      path: '/contracts/added',
      summary: 'Name a contract that no project here has deployed, with its ABI',
    })
    .input(addInput)
    .output(addedNow),
  remove: procedure
    .errors(errors('CONTRACT_NOT_FOUND'))
    .route({
      method: 'DELETE',
      path: '/contracts/added',
      summary: 'Forget a contract that was added',
    })
    .input(contractRef)
    .output(addedContract),
  snippet: calling
    .route({
      method: 'POST',
      path: '/contracts/snippet',
      summary: 'A call as a command or as code, to be run elsewhere',
    })
    .input(snippetInput)
    .output(z.object({ text: z.string() })),
  read: calling
    .route({
      method: 'POST',
      path: '/contracts/read',
      summary: 'Call a function of a contract without sending anything',
    })
    .input(readInput)
    .output(contractValue),
  simulate: calling
    .route({
      method: 'POST',
      path: '/contracts/simulate',
      summary: 'What a call would do: whether it succeeds, its result, gas and events',
    })
    .input(transactionInput)
    .output(simulation),
  send: sending
    .route({
      method: 'POST',
      path: '/contracts/send',
      summary: 'Call a contract in a transaction from any address of a local chain or a fork',
    })
    .input(sendInput)
    .output(sentCall),
  readMany: procedure
    .errors(errors('NETWORK_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE'))
    .route({
      method: 'POST',
      path: '/contracts/read-many',
      summary: 'Call functions of several contracts at one block; each has its value or its error',
    })
    .input(readManyInput)
    .output(readValues),
  calls: procedure
    .route({ method: 'GET', path: '/contracts/calls', summary: 'Saved calls, by name' })
    .input(z.object({ network: z.string().min(1).max(200).optional().describe('default: of all') }))
    .output(z.array(savedCall)),
  saveCall: calling
    .errors(errors('NAME_TAKEN'))
    .route({
      method: 'POST',
      path: '/contracts/calls',
      summary: 'Save a call under a name; it is checked, and not made',
    })
    .input(saveCallInput)
    .output(savedCall),
  runCall: sending
    .errors(errors('CALL_NOT_FOUND'))
    .route({
      method: 'POST',
      path: '/contracts/calls/run',
      summary: 'Make a saved call: read, send, or tell what it would do',
    })
    .input(runCallInput)
    .output(ranCall),
  removeCall: procedure
    .errors(errors('CALL_NOT_FOUND'))
    .route({ method: 'DELETE', path: '/contracts/calls', summary: 'Forget a saved call' })
    .input(savedCallRef)
    .output(savedCall),
  readAll: onNetwork
    .route({
      method: 'GET',
      path: '/contracts/values',
      summary: 'What all reading functions without arguments return',
    })
    .input(contractRef)
    .output(contractValues),
};
