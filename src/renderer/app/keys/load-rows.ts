type FocusRow = (step: 1 | -1) => void;

let loading: Promise<FocusRow> | undefined;

/** What walks rows, with their keys: not needed before a row has the focus. */
export function loadRows(): Promise<FocusRow> {
  loading ??= load();
  return loading;
}

async function load(): Promise<FocusRow> {
  const [{ focusRow }, { listenToRowKeys }] = await Promise.all([
    import('./rows.ts'),
    import('../../ui/row-keys.ts'),
  ]);
  listenToRowKeys();
  return focusRow;
}

/** Loads it as soon as a row has the focus. Returns how to stop. */
export function loadRowsWithFocus(): () => void {
  const look = ({ target }: FocusEvent) => {
    if (target instanceof Element && target.closest('tr')) void loadRows();
  };
  document.addEventListener('focusin', look);
  return () => document.removeEventListener('focusin', look);
}
