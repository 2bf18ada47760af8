// What was found on a chain, as doors hand it on: names and values in the place of bytes.

/** A value with what the ABI says of it, as JSON. */
export interface DecodedValue {
  /** Empty where the ABI gives none. */
  name: string;
  /** As in the ABI: `uint256`, `address[2]`, `tuple[]`. */
  type: string;
  value: DecodedData;
  /** It is a member of an enum, or a list of them. */
  enum?: EnumNames;
  /** A log has nothing but the keccak256 hash of this value, which `value` then is. */
  hashed?: true;
}

/** The values themselves are numbers. */
export interface EnumNames {
  /** As its source has it: `Pool.Mode`. */
  name: string;
  /** Of the members that occur, by their numbers. */
  names: Readonly<Record<string, string>>;
}

/**
 * Integers as decimal digits, addresses with their checksum, bytes as hex, booleans, strings; lists
 * of these; and for a tuple the list of its named values.
 */
export type DecodedData = string | boolean | readonly DecodedData[] | readonly DecodedValue[];

/** What is said where a function is known and what it was given is not: its input is no encoding of it. */
export const ARGUMENTS_DO_NOT_FIT = 'its arguments do not fit';

/** Why a call failed. */
export interface DecodedError {
  /** One line: `InsufficientBalance(1, 2)`, or a reason in words. */
  text: string;
  /** `InsufficientBalance`, `Error`, `Panic`; null: the data names no error that is known. */
  name: string | null;
  /** `InsufficientBalance(uint256,uint256)` */
  signature: string | null;
  arguments: DecodedValue[];
  /** What was returned, hex; `0x` when nothing was. */
  data: string;
  /** The error that one of the arguments holds, as when a failed call is wrapped. */
  cause: DecodedError | null;
}

/** A log, by the event that it was written as. */
export interface DecodedEvent {
  name: string;
  /** `Transfer(address,address,uint256)` */
  signature: string;
  /** In the order of the declaration. */
  arguments: DecodedValue[];
}

/** A call, creation or self-destruction with everything that it did. Addresses have checksums. */
export interface CallNode {
  /** `CALL`, `DELEGATECALL`, `CREATE2`, … */
  type: string;
  from: string;
  /** What runs, or is created. null: a creation that failed. */
  to: string | null;
  /** Name of the contract; behind a proxy that of its logic. */
  contract: string | null;
  /** Name of the proxy that passes this call on, or of its kind. */
  proxy: string | null;
  label: string | null;
  /** `setOwner(address)`, `constructor(uint256)`, `receive()`; null: it isn't known. */
  function: string | null;
  arguments: DecodedValue[];
  /** Why there are no arguments though the function is known; null: there are all. */
  argumentsProblem: string | null;
  /** null: it failed, or what it returns isn't known. */
  result: DecodedValue[] | null;
  error: DecodedError | null;
  /** Wei, decimal. */
  value: string;
  /** What it was given, decimal. */
  gas: string;
  gasUsed: string;
  /** Without the calls that it makes; of the transaction's own call also without what comes before. */
  selfGas: string;
  /** Hex, as sent. */
  input: string;
  output: string;
  /** It failed, or something around it did: nothing that it did remains. */
  undone: boolean;
  /** On the way from the transaction to the innermost error that it failed with. */
  failing: boolean;
  logs: LogNode[];
  calls: CallNode[];
}

export interface LogNode {
  address: string;
  /** null: it isn't known. */
  event: DecodedEvent | null;
  /** Name of the contract at the address. */
  contract: string | null;
  label: string | null;
  topics: readonly string[];
  data: string;
  /** How many of the calls beside it came before. */
  position: number;
}

/** A part of a source file. Lines and columns count from 1, columns in bytes; the end is behind it. */
export interface SourcePosition {
  /** As the compiler knows it. */
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** The lines around, the first of which has this number. */
  excerpt: {
    firstLine: number;
    lines: string[];
    /** That each line took in the transaction; null: none. Missing: that isn't known. */
    gas?: (number | null)[];
  };
}

/** A function of the sources that was running. */
export interface SourceFunction {
  /** Index of the call of the contract, in the order in which they ran. */
  call: number;
  contract: string | null;
  /** null: the code of the contract outside of its functions. */
  function: string | null;
  /** Where in it: of the innermost the place itself, of each other one where it called the next. */
  position: SourcePosition | null;
}

/** A value of a function that runs. */
export interface SourceValue {
  name: string;
  /** As its source declares it, e.g. `string memory`. */
  type: string;
  /** As a person types it; of what is stored its name. null: it can't be told. */
  value: string | null;
  /** Where it is declared, from 1; null: that isn't known. */
  line: number | null;
}

/** Where in the sources a call failed, or was made. */
export interface SourceTrace {
  /** Index of the call that is meant, in the order in which they ran. */
  call: number;
  position: SourcePosition;
  /** False: the compiler has merged code there, and it may be another place nearby. */
  isExact: boolean;
  /** The innermost first. */
  stack: SourceFunction[];
}

/** What the gas of a transaction went into; decimal. */
export interface TransactionGas {
  used: string;
  /** What every transaction costs. */
  base: string;
  calldata: string;
  /** Of one that creates a contract: for that, and for the length of its code. */
  creation: string;
  /** For each address and slot of its access list. */
  accessList: string;
  /** For each authorization, of which half is given back where the account was there before. */
  authorizations: string;
  /** By its instructions, before the refund; null: it paid the floor, or it isn't known. */
  execution: string | null;
  /** What was given back; null: it isn't known. */
  refund: string | null;
  /** What its calldata costs at least, when it paid that; else null. */
  floor: string | null;
}

/** Before and after; decimal, or hex for code and words. */
export interface StateChange {
  before: string;
  after: string;
}

/** A variable of a contract that changed, or a part of one. */
export interface VariableChange extends StateChange {
  /** `balances[0x…]`; null: the slot is of nothing that is known, and the values are whole words. */
  name: string | null;
  type: string | null;
  /** Of a value over several slots the first one, hex. */
  slot: string;
}

/** Something of value that went from one address to another. */
export interface Transfer {
  standard: 'ether' | 'erc20' | 'erc721' | 'erc1155';
  /** null: ether. */
  token: string | null;
  from: string;
  to: string;
  /** Wei, or the token's smallest unit; decimal. */
  amount: string;
  /** Of an ERC-721 or ERC-1155, decimal. */
  id: string | null;
}
