import { casemap } from "util/casemap";
import { isAlpha, isSpace } from "util/string";

const BACKSLASH: u32 = 0x5c;
const UNKNOWN: u32 = 0xfffd;

/** A stretch of UTF-8, read one code point at a time where it lies. In JSON text an escape is read as what it stands for. */
export class Text {
  /** Where the code point that was read last ends. */
  after: usize = 0;

  constructor(
    readonly start: usize,
    readonly end: usize,
    readonly json: bool,
  ) {}

  /** The code point at an address before the end. What is not UTF-8 is read byte by byte as U+FFFD. */
  at(address: usize): u32 {
    const first: u32 = load<u8>(address);
    if (first < 0x80) {
      if (first == BACKSLASH && this.json) return this.escapeAt(address);
      this.after = address + 1;
      return first;
    }
    const length: usize = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    this.after = address + 1;
    if (first < 0xc2 || first > 0xf4 || address + length > this.end) return UNKNOWN;
    let point = first & (0x7f >> <u32>length);
    for (let i: usize = 1; i < length; i++) {
      const next: u32 = load<u8>(address + i);
      if ((next & 0xc0) != 0x80) return UNKNOWN;
      point = (point << 6) | (next & 0x3f);
    }
    this.after = address + length;
    return point;
  }

  private escapeAt(address: usize): u32 {
    this.after = min(address + 2, this.end);
    if (address + 1 >= this.end) return UNKNOWN;
    const letter: u32 = load<u8>(address + 1);
    if (letter != 0x75) return meaningOf(letter);
    const unit = this.hexAt(address + 2);
    if (unit < 0) return UNKNOWN;
    this.after = address + 6;
    if ((unit & 0xfc00) == 0xd800 && address + 8 <= this.end && load<u16>(address + 6) == 0x755c) {
      const low = this.hexAt(address + 8);
      if ((low & 0xfc00) == 0xdc00) {
        this.after = address + 12;
        return 0x10000 + (<u32>(unit & 0x3ff) << 10) + <u32>(low & 0x3ff);
      }
    }
    return unit;
  }

  /** Four hex digits as a number; -1 when they are not. */
  private hexAt(address: usize): i32 {
    if (address + 4 > this.end) return -1;
    let value = 0;
    for (let i: usize = 0; i < 4; i++) {
      const digit = hexDigit(load<u8>(address + i));
      if (digit < 0) return -1;
      value = (value << 4) | digit;
    }
    return value;
  }
}

function hexDigit(c: u32): i32 {
  if (c - 0x30 < 10) return c - 0x30;
  const letter = (c | 0x20) - 0x61;
  return letter < 6 ? letter + 10 : -1;
}

function meaningOf(letter: u32): u32 {
  switch (letter) {
    case 0x62: return 0x08;
    case 0x66: return 0x0c;
    case 0x6e: return 0x0a;
    case 0x72: return 0x0d;
    case 0x74: return 0x09;
    default: return letter;
  }
}

/** Whether a code point is part of a word, so that a word cannot end beside it. Scripts that are written without spaces have no such points. */
export function isWord(point: u32): bool {
  if (point < 0x80) return point - 0x30 < 10 || (point | 0x20) - 0x61 < 26 || point == 0x5f;
  return !isUnspaced(point) && (isCombining(point) || isAlpha(point));
}

export function isBlank(point: u32): bool {
  return isSpace(point);
}

/** One form for upper and lower case. */
export function fold(point: u32): u32 {
  if (point < 0x80) return point - 0x41 < 26 ? point | 0x20 : point;
  const lower: u32 = casemap(point, 0);
  return lower == 0x3c2 ? 0x3c3 : lower;
}

function isCombining(point: u32): bool {
  return point - 0x300 < 0x70;
}

/** Thai, Lao, Burmese, Khmer, kana and Han. */
function isUnspaced(point: u32): bool {
  return (
    point - 0xe00 < 0x100 ||
    point - 0x1000 < 0xa0 ||
    point - 0x1780 < 0x80 ||
    point - 0x3040 < 0xc0 ||
    point - 0x3400 < 0x6c00 ||
    point - 0xf900 < 0x200 ||
    point - 0x20000 < 0x20000
  );
}
