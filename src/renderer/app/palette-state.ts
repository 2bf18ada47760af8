import { create } from 'zustand';

interface PaletteState {
  open: boolean;
  /** What is typed. */
  text: string;
  /** The palette's own field has the keys; before that an early one has them. */
  isReady: boolean;
}

const CLOSED: PaletteState = { open: false, text: '', isReady: false };

export const usePalette = create<PaletteState>(() => CLOSED);

export function setPalette(open: boolean): void {
  usePalette.setState({ ...CLOSED, open });
}

export function typeInPalette(text: string): void {
  usePalette.setState({ text });
}

/** As soon as it is there, so that no key in between is lost, or does what it does elsewhere. */
export const takeFocus = (field: HTMLElement | null): void => field?.focus();
