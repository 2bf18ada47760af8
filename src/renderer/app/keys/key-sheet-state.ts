import { create } from 'zustand';

export const useKeySheet = create<{ open: boolean }>(() => ({ open: false }));

export const openSheet = (): void => useKeySheet.setState({ open: true });
export const closeSheet = (): void => useKeySheet.setState({ open: false });
