import { useMedia } from '../ui/use-media.ts';

/** Whether the panels around the page give way to it. Zoom narrows the window as well. */
export const useIsNarrow = (): boolean => useMedia('(max-width: 1199px)');
