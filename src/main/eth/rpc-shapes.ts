/** https://ethereum.github.io/execution-apis/ (eth), as far as it is read here. */
export interface RpcTransaction {
  /** Absent where a node knows the oldest alone. */
  type?: string;
  chainId?: string;
  hash: string;
  blockHash: string | null;
  blockNumber: string | null;
  transactionIndex: string | null;
  from: string;
  to: string | null;
  nonce: string;
  value: string;
  gas: string;
  gasPrice?: string;
  maxFeePerGas?: string;
  maxPriorityFeePerGas?: string;
  accessList?: unknown;
  authorizationList?: unknown;
  blobVersionedHashes?: unknown;
  maxFeePerBlobGas?: string;
  input: string;
}

export interface RpcLog {
  address: string;
  topics: string[];
  data: string;
  logIndex: string | null;
}

export interface RpcReceipt {
  transactionHash: string;
  blockHash: string;
  status: string;
  gasUsed: string;
  effectiveGasPrice?: string;
  blobGasUsed?: string;
  blobGasPrice?: string;
  contractAddress: string | null;
  logs: RpcLog[];
}

export interface RpcBlock {
  number: string;
  hash: string;
  parentHash: string;
  timestamp: string;
  gasUsed: string;
  gasLimit: string;
  baseFeePerGas?: string;
  miner: string;
  /** What `block.prevrandao` is in it. */
  mixHash?: string;
  transactions: RpcTransaction[];
}

/** The same without the bodies of its transactions. */
export type RpcBlockHead = Omit<RpcBlock, 'transactions'> & { transactions: string[] };
