import type { Typed } from '#main/shared/argument-text.ts';
import type { Shape } from './abi-shape.ts';
import { blank } from './typed-value.ts';

/** More than anybody fills a form with. */
const most = 5000;

/**
 * Elements of a list that were copied elsewhere: JSON, or lines with commas, semicolons or tabs, as
 * spreadsheets have them. null: it is a single value, or fits no element.
 */
export function pastedRows(item: Shape, text: string): Typed[] | null {
  const trimmed = text.trim();
  if (/^[[{]/.test(trimmed)) return jsonRows(item, trimmed);
  if (!/[\n\t]/.test(trimmed) && !(item.of === 'tuple' && /[,;]/.test(trimmed))) return null;
  const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length > most) return null;
  const rows = lines.map((line) => cellsOf(line));
  const isHeading =
    item.of === 'tuple' && rows[0]?.every((cell, i) => cell === item.members[i]?.name);
  return rows.slice(isHeading ? 1 : 0).map((cells) => rowOf(item, cells));
}

function rowOf(item: Shape, cells: readonly string[]): Typed {
  if (item.of !== 'tuple') return cells[0] ?? '';
  return item.members.map((member, i) => (member.of === 'word' ? (cells[i] ?? '') : blank(member)));
}

/** One line of CSV; a cell in quotes may hold what separates others. */
function cellsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === '"' && quoted && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}

function jsonRows(item: Shape, text: string): Typed[] | null {
  try {
    const value = JSON.parse(withTextNumbers(text)) as unknown;
    const rows = Array.isArray(value) ? value : [value];
    if (rows.length > most) return null;
    return rows.map((one) => fromJson(item, one));
  } catch {
    return null;
  }
}

/** Numbers beyond what JSON keeps exactly are read as their digits. */
const withTextNumbers = (text: string): string =>
  text.replace(
    /("(?:[^"\\]|\\.)*")|-?\b\d{16,}\b/g,
    (found, quoted?: string) => quoted ?? `"${found}"`,
  );

function fromJson(shape: Shape, value: unknown): Typed {
  if (shape.of === 'list') {
    return Array.isArray(value) ? value.map((one) => fromJson(shape.item, one)) : blank(shape);
  }
  if (shape.of === 'tuple') {
    const part = (member: Shape, i: number): unknown =>
      Array.isArray(value) ? value[i] : (value as Record<string, unknown> | null)?.[member.name];
    return shape.members.map((member, i) => {
      const one = part(member, i);
      return one === undefined ? blank(member) : fromJson(member, one);
    });
  }
  return typeof value === 'object' ? '' : String(value);
}
