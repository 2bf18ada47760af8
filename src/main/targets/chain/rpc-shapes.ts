/** A transaction as a node describes it. https://ethereum.github.io/execution-apis */
export interface RpcTransaction {
  hash: string;
  from: string;
  to: string | null;
  nonce: string;
  value: string;
  input: string;
  /** null: it is in no block. */
  blockNumber: string | null;
}

export interface RpcReceipt {
  transactionHash: string;
  status: string;
  blockNumber: string;
  gasUsed: string;
  effectiveGasPrice: string;
  contractAddress: string | null;
  logs?: RpcLog[];
}

export interface RpcLog {
  address: string;
  topics: string[];
  data: string;
}

/** A transaction that was mined, and did not revert. */
export interface Landed {
  hash: string;
  transaction: RpcTransaction;
  receipt: RpcReceipt;
}
