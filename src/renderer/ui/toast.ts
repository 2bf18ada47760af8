import type { ExternalToast, toast as shown } from 'sonner';

type Kind = 'success' | 'error' | 'info';

let host: typeof shown | undefined;
let waiting: ((to: typeof shown) => void)[] = [];

function putUp(kind: Kind, title: string, options?: ExternalToast): void {
  const put = (to: typeof shown) => void to[kind](title, options);
  if (host) put(host);
  else waiting.push(put);
}

/** Puts up a notice; before the code that shows them is there, it waits for it. */
export const toast = {
  success: (title: string, options?: ExternalToast): void => putUp('success', title, options),
  error: (title: string, options?: ExternalToast): void => putUp('error', title, options),
  info: (title: string, options?: ExternalToast): void => putUp('info', title, options),
};

/** Called once notices can be seen. */
export function showToastsOn(to: typeof shown): void {
  host = to;
  const early = waiting;
  waiting = [];
  for (const put of early) put(to);
}
