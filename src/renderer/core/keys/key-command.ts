/** Something that a key does. */
export interface KeyCommand {
  id: string;
  /** What it does, as the sheet of all keys says. */
  title: string;
  /** As tinykeys writes them: `d`, `g h` for one after the other, `$mod+k`; several: each does it. */
  keys: readonly string[];
  group: 'Anywhere' | 'Go to' | 'Project' | 'Lists' | 'Terminal' | 'Transaction';
  /** Where it does something, when that isn't everywhere. */
  when?: string;
  /** Also while typing in a field, and under a dialog. Otherwise it is a letter there. */
  whileTyping?: boolean;
  /** Also while typing in a shell, to which every other key belongs. */
  inTerminals?: boolean;
}
