import { createContext, useContext } from 'react';
import type { Feature } from './feature.ts';

/** The ordered list of features, which the window provides. */
export const FeaturesContext = createContext<readonly Feature[]>([]);

export const useFeatures = (): readonly Feature[] => useContext(FeaturesContext);
