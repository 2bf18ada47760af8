import { create } from 'zustand';

export type ConnectionStatus =
  /** The first connection is being made. */
  | 'connecting'
  | 'open'
  /** It was just lost; calls wait. */
  | 'reconnecting'
  /** No response for a while: the core has ended. Still retrying. */
  | 'ended'
  /** The core responds, but rejects this page's token. */
  | 'refused';

export const useConnection = create<{ status: ConnectionStatus }>(() => ({ status: 'connecting' }));
