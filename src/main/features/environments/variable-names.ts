/** As shells and programs take it. */
export const isNameOfVariable = (name: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_]{0,199}$/.test(name);

/** What tools are found and started by. Windows knows names in any case. */
const RESERVED = /^(DRYDOCK_.*|PATH|PATHEXT|HOME|USERPROFILE|SYSTEMROOT|ELECTRON_RUN_AS_NODE)$/i;

/** Why a run can't be given a variable of that name; null: it can. */
export const whyReserved = (name: string): string | null =>
  RESERVED.test(name)
    ? `${name} is set for each run by Drydock, which finds and starts tools by it. Choose another name.`
    : null;
