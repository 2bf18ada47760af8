/** Whether a text that begins as 2026-01-31 names a day that there is: JavaScript takes 02-31 for 03-03. */
export function isDate(text: string): boolean {
  const day = text.slice(0, 10);
  const time = Date.parse(day);
  return (
    !Number.isNaN(Date.parse(text)) &&
    !Number.isNaN(time) &&
    new Date(time).toISOString().startsWith(day)
  );
}
