import { matchKeybindingPress, parseKeybinding } from 'tinykeys';
import type { KeyCommand } from './key-command.ts';

/** Whether an event is the key of a command, for keys of the element that has the focus. */
export const isPress = ({ keys }: KeyCommand, event: KeyboardEvent): boolean =>
  keys.some((one) => {
    const [press, ...more] = parseKeybinding(one);
    return press !== undefined && more.length === 0 && matchKeybindingPress(event, press);
  });
