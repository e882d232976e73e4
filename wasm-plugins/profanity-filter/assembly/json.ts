import { Text } from "./text";

// Finds its way in JSON that the service has checked, without building a tree. An address of 0 means: not there.

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;

export function afterSpace(address: usize, end: usize): usize {
  while (address < end && isSpace(load<u8>(address))) address++;
  return address;
}

/** After the string that starts at an address; 0 when it has no end. */
export function afterString(address: usize, end: usize): usize {
  for (address++; address < end; address++) {
    const c: u32 = load<u8>(address);
    if (c == QUOTE) return address + 1;
    if (c == BACKSLASH) address++;
  }
  return 0;
}

/** After the value that starts at an address; 0 when it has no end. Nested values are counted, not visited, so depth costs nothing. */
export function afterValue(address: usize, end: usize): usize {
  let depth = 0;
  while (address < end) {
    const c: u32 = load<u8>(address);
    if (c == QUOTE) {
      address = afterString(address, end);
      if (address == 0) return 0;
    } else if (opens(c)) {
      depth++;
      address++;
    } else if (closes(c)) {
      depth--;
      address++;
    } else {
      address = depth == 0 ? afterScalar(address, end) : address + 1;
    }
    if (depth <= 0) return address;
  }
  return 0;
}

/** The value of a member of the object at an address; 0 when there is no object, or no such member. */
export function member(object: usize, end: usize, name: string): usize {
  if (object == 0 || object >= end || load<u8>(object) != 0x7b) return 0;
  let address = afterSpace(object + 1, end);
  while (address < end && load<u8>(address) == QUOTE) {
    const keyEnd = afterString(address, end);
    if (keyEnd == 0) return 0;
    const value = afterSpace(afterSpace(keyEnd, end) + 1, end);
    if (spells(new Text(address + 1, keyEnd - 1, true), name)) return value < end ? value : 0;
    const valueEnd = afterValue(value, end);
    if (valueEnd == 0) return 0;
    address = afterSpace(afterSpace(valueEnd, end) + 1, end);
  }
  return 0;
}

/** Whether what ends at an address is the name of a member. */
export function isName(stringEnd: usize, end: usize): bool {
  const next = afterSpace(stringEnd, end);
  return next < end && load<u8>(next) == 0x3a;
}

export function isString(address: usize, end: usize): bool {
  return address != 0 && address < end && load<u8>(address) == QUOTE;
}

export function isArray(address: usize, end: usize): bool {
  return address != 0 && address < end && load<u8>(address) == 0x5b;
}

function spells(text: Text, name: string): bool {
  let address = text.start;
  for (let i = 0; i < name.length; i++) {
    if (address >= text.end || text.at(address) != name.charCodeAt(i)) return false;
    address = text.after;
  }
  return address == text.end;
}

function afterScalar(address: usize, end: usize): usize {
  while (address < end) {
    const c: u32 = load<u8>(address);
    if (isSpace(c) || c == 0x2c || closes(c)) break;
    address++;
  }
  return address;
}

function opens(c: u32): bool {
  return c == 0x7b || c == 0x5b;
}

function closes(c: u32): bool {
  return c == 0x7d || c == 0x5d;
}

function isSpace(c: u32): bool {
  return c == 0x20 || c == 0x0a || c == 0x0d || c == 0x09;
}
