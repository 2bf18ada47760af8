import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const usual = 12;
const smallest = 8;
const largest = 24;

/** The size of the text in all terminals, in pixels. Kept in this browser. */
export const useTerminalFont = create<{ size: number }>()(
  persist((): { size: number } => ({ size: usual }), { name: 'drydock.terminal', version: 1 }),
);

/** Makes the text larger or smaller; 0: as large as it is at first. */
export function zoomTerminals(step: 1 | -1 | 0): void {
  useTerminalFont.setState(({ size }) => ({
    size: step === 0 ? usual : Math.min(largest, Math.max(smallest, size + step)),
  }));
}
