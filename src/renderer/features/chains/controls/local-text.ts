const two = (value: number): string => String(value).padStart(2, '0');

/** Unix time (s) as a field for a local date and time holds it. */
export function localText(seconds: number): string {
  const at = new Date(seconds * 1000);
  const date = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
