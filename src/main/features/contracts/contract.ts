import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import {
  contractValue,
  contractValues,
  readInput,
  readManyInput,
  readValues,
  senders,
  sendInput,
  sentCall,
  simulation,
  snippetInput,
  transactionInput,
} from './contract/calls.ts';
import { contractAbi, contractCode, contractDetail } from './contract/detail.ts';
import { contractEvents, eventNews, eventsInput, followEventsInput } from './contract/events.ts';
import {
  addedContract,
  addedNow,
  addInput,
  liveContracts,
  liveContractsInput,
  pin,
  pinInput,
} from './contract/listed.ts';
import { contractRef } from './contract/ref.ts';
import {
  ranCall,
  runCallInput,
  saveCallInput,
  savedCall,
  savedCallRef,
} from './contract/saved-calls.ts';
import { contractStorage, setStorageInput, storageInput, storageSet } from './contract/storage.ts';

/** What every procedure that looks at one contract may fail with. */
export const onNetwork = procedure.errors(
  errors(
    ...(['NETWORK_NOT_FOUND', 'CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE'] as const),
    ...(['CONTRACT_NOT_FOUND', 'CONTRACT_AMBIGUOUS'] as const),
  ),
);

const calling = onNetwork.errors(
  errors('FUNCTION_NOT_FOUND', 'FUNCTION_AMBIGUOUS', 'BAD_ARGUMENT', 'CALL_REVERTED'),
);

const sending = calling.errors(
  errors(
    ...(['CHAIN_BUSY', 'CHAIN_CALL_FAILED', 'CHAIN_NOT_FOUND', 'UNSUPPORTED'] as const),
    ...(['UNSAFE_UPGRADE', 'UPGRADE_NOT_CHECKED'] as const),
  ),
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
  setStorage: onNetwork
    .errors(errors('CHAIN_BUSY', 'CHAIN_CALL_FAILED', 'CHAIN_NOT_FOUND', 'UNSUPPORTED'))
    .route({
      method: 'PUT',
      path: '/contracts/storage',
      summary: 'Give a variable of a contract on a chain of ours another value',
    })
    .input(setStorageInput)
    .output(storageSet),
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
  senders: calling
    .route({
      method: 'POST',
      path: '/contracts/senders',
      summary: 'Who could send a call: from whom it would succeed, and why not from others',
    })
    .input(transactionInput)
    .output(senders),
  pin: procedure
    .errors(errors('NETWORK_NOT_FOUND', 'CONTRACT_NOT_FOUND', 'CONTRACT_AMBIGUOUS'))
    .route({
      method: 'PUT',
      path: '/contracts/pin',
      summary: 'Keep a contract at the top of lists, or no more',
    })
    .input(pinInput)
    .output(pin),
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
