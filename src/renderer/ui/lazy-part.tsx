import { type ReactNode, Suspense, use, useEffect, useSyncExternalStore } from 'react';
import { ErrorBoundary } from './error-boundary.tsx';
import { Code } from './part-code.ts';

type Part<Props> = (props: Props) => ReactNode;

const all: { loadAhead(): Promise<void> }[] = [];

function codeOf<Props>(load: () => Promise<Part<Props>>): Code<Part<Props>> {
  const code = new Code(load);
  all.push(code);
  return code;
}

/**
 * A part of the window whose code is loaded when it is first shown, or sooner, when the window has
 * nothing else to do. A failure to load it is limited to the part.
 */
export function lazyPart<Props extends object>(load: () => Promise<Part<Props>>): Part<Props> {
  const code = codeOf(load);
  return (props) => (
    <ErrorBoundary>
      <Suspense>
        <Shown code={code} props={props} />
      </Suspense>
    </ErrorBoundary>
  );
}

/**
 * The same for what is mounted always and seen later, such as a dialog: it waits for idle time.
 *
 * @param isSeen whether it is seen already with these properties: its code is loaded at once then
 */
export function laterPart<Props extends object>(
  load: () => Promise<Part<Props>>,
  isSeen: (props: Props) => boolean = () => false,
): Part<Props> {
  const code = codeOf(load);
  return (props) => <ShownLater code={code} props={props} isSeen={isSeen(props)} />;
}

interface ShownProps<Props> {
  code: Code<Part<Props>>;
  props: Props;
}

function Shown<Props extends object>({ code, props }: ShownProps<Props>) {
  const Loaded = code.value ?? use(code.load());
  return <Loaded {...props} />;
}

interface ShownLaterProps<Props> extends ShownProps<Props> {
  isSeen: boolean;
}

function ShownLater<Props extends object>({ code, props, isSeen }: ShownLaterProps<Props>) {
  const Loaded = useSyncExternalStore(code.subscribe, () => code.value);
  useEffect(() => {
    if (isSeen) void code.loadAhead();
  }, [code, isSeen]);
  return Loaded && <Loaded {...props} />;
}

/** However much the window has to do: what is asked for meanwhile, such as a dialog, waits for it. */
const LATEST_MS = 500;

/** Loads all parts, one after the other, once the window has nothing else to do. */
export async function loadPartsWhenIdle(): Promise<void> {
  await new Promise<void>((resolve) => {
    // Safari has none.
    if ('requestIdleCallback' in window) {
      requestIdleCallback(() => resolve(), { timeout: LATEST_MS });
    } else setTimeout(resolve, LATEST_MS);
  });
  for (const code of all) await code.loadAhead();
}
