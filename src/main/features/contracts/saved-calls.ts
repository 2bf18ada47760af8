import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type {
  CallInput,
  ContractValue,
  ReadInput,
  SendInput,
  SentCall,
  Simulation,
} from './contract/calls.ts';
import type {
  RanCall,
  RunCallInput,
  SaveCallInput,
  SavedCall,
  SavedCallRef,
} from './contract/saved-calls.ts';
import type { SavedCallRow, SavedCallsStore } from './saved-calls-store.ts';

export interface SavedCallsDependencies {
  calls: SavedCallsStore;
  /** Rejects for a call that can't be made. */
  checked: (input: CallInput) => Promise<{ signature: string; sends: boolean }>;
  /** Where the contract stands that is called so now. */
  addressOf: (network: string, contract: string) => string | null;
  read: (input: ReadInput) => Promise<ContractValue>;
  simulate: (input: CallInput) => Promise<Simulation>;
  send: (input: SendInput) => Promise<SentCall>;
  changed: (change: Change) => void;
}

/** Calls that the user has given a name, to be made again. */
export function savedCalls(deps: SavedCallsDependencies) {
  const { calls, changed } = deps;
  const tell = () => changed({ topic: 'savedCalls' });

  const present = (row: SavedCallRow): SavedCall => ({
    ...row,
    address: deps.addressOf(row.network, row.contract),
  });

  function found({ network, name }: SavedCallRef): SavedCallRow {
    const row = calls.get(network, name.trim());
    if (row) return row;
    throw new AppError(
      'CALL_NOT_FOUND',
      `No call "${name.slice(0, 80)}" is saved on ${network}. See those that are with "drydock contract call list".`,
      { field: 'name', fix: { label: 'List them', command: 'drydock contract call list' } },
    );
  }

  return {
    list: (network: string | undefined): SavedCall[] => calls.all(network ?? null).map(present),

    /** Rejects with NAME_TAKEN unless it replaces, and as a call does that can't be made. */
    async save({ name, replace, ...call }: SaveCallInput): Promise<SavedCall> {
      const { signature, sends } = await deps.checked(call);
      const row: SavedCallRow = {
        ...{ name, network: call.network, contract: call.contract.trim() },
        // Of a function that no ABI has, what it returns is known from the text alone.
        function: call.function.includes(')(') ? call.function : signature,
        arguments: call.arguments,
        ...{ from: call.from ?? null, value: call.value ?? null, sends, savedAt: Date.now() },
      };
      calls.transaction(() => {
        if (!replace && calls.get(row.network, name)) throw taken(row);
        calls.put(row);
      });
      tell();
      return present(row);
    },

    /** A call that writes is tried first, and not sent when it would fail, unless it is forced. */
    async run({ simulate, force, allowUnsafeUpgrade, ...ref }: RunCallInput): Promise<RanCall> {
      const row = found(ref);
      const { network, contract, function: asked, arguments: given, from, value } = row;
      const call = {
        ...{ network, contract, function: asked, arguments: given },
        ...(from === null ? {} : { from }),
      };
      const transaction = { ...call, ...(value === null ? {} : { value }) };
      const ran = { call: present(row), value: null, simulation: null, sent: null };
      if (simulate) return { ...ran, simulation: await deps.simulate(transaction) };
      if (!row.sends) return { ...ran, value: await deps.read(call) };
      return { ...ran, sent: await deps.send({ ...transaction, force, allowUnsafeUpgrade }) };
    },

    remove(ref: SavedCallRef): SavedCall {
      const row = found(ref);
      calls.remove(row.network, row.name);
      tell();
      return present(row);
    },

    forget(network: string): void {
      if (calls.removeAll(network) > 0) tell();
    },
  };
}

const taken = ({ name, network }: SavedCallRow): AppError =>
  new AppError(
    'NAME_TAKEN',
    `A call on ${network} is saved as "${name}" already. Choose another name, or replace it.`,
    { field: 'name' },
  );
