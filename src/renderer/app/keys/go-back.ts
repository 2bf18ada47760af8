import { isTyping } from '../../core/keys/key-bindings.ts';

/** One page back, as long as that one is Drydock's own. */
export function goBack(): void {
  const isOwn = 'navigation' in window ? window.navigation.canGoBack : history.length > 1;
  if (isOwn) history.back();
}

/** Escape leaves a field for the page, unless it closed something. Returns how to stop. */
export function leaveField(): () => void {
  const leave = (event: KeyboardEvent) => {
    const { target, key, defaultPrevented } = event;
    if (key !== 'Escape' || defaultPrevented || !(target instanceof HTMLElement)) return;
    if (!target.isConnected || target.closest('.xterm, [role="dialog"]')) return;
    if (isTyping(target) && target.getAttribute('aria-expanded') !== 'true') target.blur();
  };
  window.addEventListener('keydown', leave);
  return () => window.removeEventListener('keydown', leave);
}
