import { HINT } from './tooltip.tsx';

/** How long a pointer rests on a control before its hint is shown. */
const REST_MS = 400;
/** How long a hint stays for a pointer that is on its way to it. */
const LEAVE_MS = 120;

export interface Hint {
  of: HTMLElement;
  text: string;
}

interface Follower {
  /** Called with each change of what is shown; null: nothing. */
  tell(hint: Hint | null): void;
  /** Whether a place is on the hint that is shown: it stays while the pointer is there. */
  isOnHint(place: Node): boolean;
}

const controlAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(`[${HINT}]`) : null;

/**
 * Follows which control's hint is to be shown: the one that a mouse rests on or the keyboard has
 * reached, until the pointer has left it, it is pressed, the focus goes on, it is gone, or Escape is
 * pressed, which does nothing else then.
 */
export function followHints({ tell, isOnHint }: Follower, signal: AbortSignal): void {
  let shown: Hint | null = null;
  let over: HTMLElement | null = null;
  let focusedBefore: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (of: HTMLElement | null) => {
    const text = of?.isConnected && of.getAttribute(HINT);
    const hint = of && text ? { of, text } : null;
    if (shown?.of === hint?.of && shown?.text === hint?.text) return;
    shown = hint;
    tell(hint);
    changes.disconnect();
    if (!hint) return;
    const attributes = { attributes: true, attributeFilter: [HINT] };
    changes.observe(document.body, { ...attributes, childList: true, subtree: true });
  };
  const changes = new MutationObserver(() => shown && show(shown.of));
  const showNow = (of: HTMLElement | null) => {
    clearTimeout(timer);
    show(of);
  };
  const later = (of: HTMLElement | null, ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => show(of), ms);
  };

  const goOver = (control: HTMLElement | null) => {
    const before = over;
    over = control;
    if (control && control === shown?.of) clearTimeout(timer);
    else if (control && control !== before) {
      show(null);
      later(control, REST_MS);
    } else if (!control && before && before === shown?.of) later(null, LEAVE_MS);
    else if (!control) clearTimeout(timer);
  };

  const on = <Type extends keyof WindowEventMap>(
    type: Type,
    listener: (event: WindowEventMap[Type]) => void,
  ) => window.addEventListener(type, listener, { capture: true, signal });
  on('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch') return;
    if (shown && target instanceof Node && isOnHint(target)) clearTimeout(timer);
    else goOver(controlAt(target));
  });
  on('pointerout', ({ relatedTarget }) => {
    if (relatedTarget === null) goOver(null);
  });
  on('pointerdown', ({ target }) => {
    if (!(target instanceof Node && isOnHint(target))) showNow(null);
  });
  on('click', ({ target }) => {
    if (target instanceof Node && shown?.of.contains(target)) showNow(null);
  });
  on('focusin', ({ target }) => {
    const again = focusedBefore === target;
    focusedBefore = null;
    // A window that is entered again gives the focus back to what had it.
    if (again || !(target instanceof HTMLElement) || !target.hasAttribute(HINT)) return;
    if (target.matches(':focus-visible')) showNow(target);
  });
  on('focusout', ({ target }) => {
    if (target === shown?.of) showNow(null);
  });
  on('blur', ({ target }) => {
    if (target === window) focusedBefore = document.activeElement;
  });
  on('keydown', (event) => {
    if (event.key !== 'Escape' || !shown) return;
    event.preventDefault();
    event.stopPropagation();
    showNow(null);
  });
  signal.addEventListener('abort', () => showNow(null));
  // Where the keyboard or the pointer has been before this was loaded.
  show(document.querySelector<HTMLElement>(`[${HINT}]:focus-visible`));
  if (!shown) goOver(document.querySelector<HTMLElement>(`[${HINT}]:hover`));
}
