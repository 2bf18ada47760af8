import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Whether values are read again on every block; remembered in this browser. */
const store = create<{ follows: boolean }>()(
  persist((): { follows: boolean } => ({ follows: true }), {
    ...{ name: 'drydock.reads', version: 1 },
  }),
);

export const useReadsFollow = (): boolean => store((state) => state.follows);

export function followReads(follows: boolean): void {
  store.setState({ follows });
}
