import { cloneElement, type ReactElement } from 'react';

/** The attribute by which a control has a hint: what shows hints is loaded later, once for all. */
export const HINT = 'data-hint';

interface TooltipProps {
  text: string;
  /** It takes attributes of an element. */
  children: ReactElement<{ [HINT]?: string }>;
}

/** A visual hint. The control keeps its own accessible name; this never replaces it. */
export const Tooltip = ({ text, children }: TooltipProps): ReactElement =>
  cloneElement(children, { [HINT]: text });
