/** What the code that a deploy runs asks of its environment, as far as reading it tells. */
export interface AskedVariables {
  asked: {
    name: string;
    /** `file:line`, relative to the project. */
    place: string;
    /** The code goes on without it. */
    isOptional: boolean;
  }[];
  /** What the tool gets from files by itself. */
  given: { name: string; file: string }[];
  /** What could not be read, as sentences. */
  problems: string[];
}
