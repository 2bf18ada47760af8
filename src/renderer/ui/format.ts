const integer = new Intl.NumberFormat();

/** `0x5FbDB2315678…` as `0x5FbD…0aa3`. */
export function shortHex(hex: string): string {
  return hex.length > 13 ? `${hex.slice(0, 6)}…${hex.slice(-4)}` : hex;
}

/** A whole number of any size with separators; `—` for an unknown one. */
export function count(value: string | number | bigint | null): string {
  if (value === null || value === '') return '—';
  return integer.format(BigInt(value));
}

function decimals(value: bigint, unit: bigint, digits: number): string {
  const negative = value < 0n;
  const size = negative ? -value : value;
  const scale = 10n ** BigInt(digits);
  const cut = (size * scale) / unit;
  const fraction = (cut % scale).toString().padStart(digits, '0').replace(/0+$/, '');
  const whole = integer.format(cut / scale);
  const point = decimalPoint;
  return `${negative ? '−' : ''}${whole}${fraction ? point + fraction : ''}`;
}

const decimalPoint =
  new Intl.NumberFormat().formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';

/** Wei as ether with two decimals, truncated rather than rounded: a balance never looks larger. */
export function ether(wei: string): string {
  const value = BigInt(wei);
  if (value > 0n && value < 10n ** 16n) return `< 0${decimalPoint}01`;
  return decimals(value, 10n ** 18n, 2);
}

/** Wei as gwei with as many decimals as needed to differ from zero. */
export function gwei(wei: string): string {
  const value = BigInt(wei);
  if (value > 0n && value < 10n ** 7n) return `${integer.format(value)} wei`;
  return `${decimals(value, 10n ** 9n, 2)} gwei`;
}

/** A duration: `12 ms`, `0.92 s`, `2 m 05 s`. */
export function duration(ms: number): string {
  if (ms < 99.5) return `${Math.round(ms)} ms`;
  if (ms < 9995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
}

/**
 * The difference between a chain's clock and this one, in seconds: `+2 d 04:11`; up to 5 s is none.
 */
export function drift(seconds: number): string {
  const size = Math.abs(seconds);
  if (size <= 5) return 'in step';
  const sign = seconds < 0 ? '−' : '+';
  if (size < 120) return `${sign}${Math.round(size)} s`;
  const minutes = Math.floor(size / 60);
  const days = Math.floor(minutes / 1440);
  const clock = `${String(Math.floor((minutes % 1440) / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return days > 0 ? `${sign}${integer.format(days)} d ${clock}` : `${sign}${clock}`;
}

export function bytes(size: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = size;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const time = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

export function dateTime(at: number): string {
  return full.format(at);
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** `11:02` today, otherwise with the day. */
export function shortCalendar(at: number, now: number): string {
  return sameDay(at, now) ? time.format(at) : calendar(at, now);
}

/** `Today 11:02`, `Yesterday 17:40`, or the date. */
export function calendar(at: number, now: number): string {
  if (sameDay(at, now)) return `Today ${time.format(at)}`;
  if (sameDay(at, now - 86_400_000)) return `Yesterday ${time.format(at)}`;
  return dayAndTime.format(at);
}

/** `just now`, `4 s ago`, `5 min ago`, `3 h ago`, then the date. */
export function ago(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1000);
  if (seconds < 1) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return calendar(at, now);
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${integer.format(n)} ${n === 1 ? one : many}`;
}
