/** Bytes that are written one after another. */
export class Bytes {
  private buffer: Uint8Array;
  private length: i32 = 0;

  constructor(capacity: i32) {
    this.buffer = new Uint8Array(capacity);
  }

  /** Adds the bytes from one address up to another. */
  copy(from: usize, to: usize): void {
    const added = <i32>(to - from);
    this.reserve(added);
    memory.copy(this.buffer.dataStart + this.length, from, added);
    this.length += added;
  }

  byte(value: u32): void {
    this.reserve(1);
    store<u8>(this.buffer.dataStart + this.length++, value);
  }

  ascii(text: string): void {
    for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i));
  }

  /** Adds a code point; in JSON text it is escaped where it must be. */
  point(value: u32, json: bool): void {
    if (json && (value < 0x20 || value == 0x22 || value == 0x5c)) {
      this.ascii("\\u00");
      this.byte(hex(value >> 4));
      this.byte(hex(value & 15));
    } else if (value < 0x80) {
      this.byte(value);
    } else if (value < 0x800) {
      this.byte(0xc0 | (value >> 6));
      this.byte(0x80 | (value & 0x3f));
    } else if (value < 0x10000) {
      this.byte(0xe0 | (value >> 12));
      this.byte(0x80 | ((value >> 6) & 0x3f));
      this.byte(0x80 | (value & 0x3f));
    } else {
      this.byte(0xf0 | (value >> 18));
      this.byte(0x80 | ((value >> 12) & 0x3f));
      this.byte(0x80 | ((value >> 6) & 0x3f));
      this.byte(0x80 | (value & 0x3f));
    }
  }

  written(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private reserve(added: i32): void {
    if (this.length + added <= this.buffer.length) return;
    const larger = new Uint8Array(max(this.buffer.length * 2, this.length + added));
    memory.copy(larger.dataStart, this.buffer.dataStart, this.length);
    this.buffer = larger;
  }
}

function hex(digit: u32): u32 {
  return digit < 10 ? 0x30 + digit : 0x57 + digit;
}
