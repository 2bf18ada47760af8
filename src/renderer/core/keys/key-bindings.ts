import { type KeybindingPress, matchKeybindingPress, parseKeybinding } from 'tinykeys';
import type { KeyCommand } from './key-command.ts';

/** A second key counts for so long after the first. */
const SEQUENCE_MS = 1200;

const popups = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

interface Binding {
  command: KeyCommand;
  presses: readonly (readonly KeybindingPress[])[];
  run(event: KeyboardEvent): void;
}

/** The last one is asked first. */
const bindings: Binding[] = [];

/** Lets a key do something until the returned function is called. */
export function bindKey(
  command: KeyCommand,
  run: (event: KeyboardEvent) => void,
  { isFallback = false } = {},
): () => void {
  const presses = command.keys.map((one) => parseKeybinding(withShift(one)));
  const binding = { command, presses, run };
  if (isFallback) bindings.unshift(binding);
  else bindings.push(binding);
  return () => void bindings.splice(bindings.indexOf(binding), 1);
}

/** Signs are typed with Shift on some keyboards. */
const withShift = (keys: string): string => (/^[^\w\s]$/.test(keys) ? `[Shift]+${keys}` : keys);

const isTerminal = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('textarea.xterm-helper-textarea');

/** A field or a terminal that takes what is typed. The terminal of a log takes nothing. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (isTerminal(target)) return !(target as HTMLTextAreaElement).readOnly;
  return (
    target.isContentEditable ||
    target.matches(
      'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"])',
    )
  );
}

let begun: { press: KeyboardEvent; at: number } | null = null;

/** The presses of a sequence that one key has begun, with the one that comes now. */
function matches(event: KeyboardEvent, presses: readonly KeybindingPress[]): boolean {
  const [first, second] = presses;
  if (!first) return false;
  if (!second) return begun === null && matchKeybindingPress(event, first);
  return (
    begun !== null &&
    matchKeybindingPress(begun.press, first) &&
    matchKeybindingPress(event, second)
  );
}

const isModifier = ({ key }: KeyboardEvent): boolean =>
  ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(key);

function act(event: KeyboardEvent, isAllowed: (command: KeyCommand) => boolean): void {
  if (event.defaultPrevented || event.repeat || event.isComposing || isModifier(event)) return;
  if (begun && event.timeStamp - begun.at > SEQUENCE_MS) begun = null;
  const found = bindings.findLast(
    ({ command, presses }) => isAllowed(command) && presses.some((one) => matches(event, one)),
  );
  const wasBegun = begun !== null;
  begun = null;
  if (found) {
    event.preventDefault();
    found.run(event);
  } else if (wasBegun) {
    // The second key of nothing does nothing by itself either.
    event.preventDefault();
  } else if (
    bindings.some(
      ({ command, presses }) =>
        isAllowed(command) &&
        presses.some(([first, second]) => second && first && matchKeybindingPress(event, first)),
    )
  ) {
    begun = { press: event, at: event.timeStamp };
  }
}

/** Follows the keyboard. Returns how to stop. */
export function listenToKeys(): () => void {
  let isUnderPopup = false;
  const before = (event: KeyboardEvent) => {
    // Escape closes them before the window hears of it.
    isUnderPopup = [...document.querySelectorAll(popups)].some((one) => one.checkVisibility());
    const isInTerminal = isTyping(event.target) && isTerminal(event.target) && !event.metaKey;
    act(event, ({ whileTyping, inTerminals }) =>
      isInTerminal ? inTerminals === true : whileTyping === true,
    );
    if (event.defaultPrevented) event.stopPropagation();
  };
  const after = (event: KeyboardEvent) => {
    if (isUnderPopup || isTyping(event.target)) {
      begun = null;
      return;
    }
    act(event, ({ whileTyping }) => !whileTyping);
  };
  window.addEventListener('keydown', before, true);
  window.addEventListener('keydown', after);
  return () => {
    window.removeEventListener('keydown', before, true);
    window.removeEventListener('keydown', after);
  };
}
