import { useState } from 'react';
import type { Searching } from '../../ui/terminal/terminal-frame.tsx';

/** The search of whichever terminal is in front; another one in front ends it. */
export function useSearching(value: string | null, onOpen: () => void): Searching {
  const [searched, setSearched] = useState<{ value: string | null; asked: number }>({
    ...{ value: null, asked: 0 },
  });
  return {
    asked: value !== null && searched.value === value ? searched.asked : 0,
    open: () => {
      onOpen();
      setSearched(({ asked }) => ({ value, asked: asked + 1 }));
    },
    close: () => setSearched(({ asked }) => ({ value: null, asked })),
  };
}
