import { create } from 'zustand';

export type ConnectionStatus =
  /** The first connection is being made. */
  | 'connecting'
  | 'open'
  /** It was lost a moment ago; calls wait. */
  | 'reconnecting'
  /** Nothing has answered for a while: the core has ended. Still trying. */
  | 'ended'
  /** The core answers but doesn't know this page's token. */
  | 'refused';

export const useConnection = create<{ status: ConnectionStatus }>(() => ({ status: 'connecting' }));
