const QUOTE: i32 = 0x22;
const BACKSLASH: i32 = 0x5c;

/**
 * A value within JSON text, which is read where it is asked for. What is not there, or not of the kind that is asked for, is empty, 0 or
 * false; the platform's own JSON is always well-formed.
 */
export class Json {
  /** What `children` has found, so that it looks once. */
  private found: Json[] | null = null;

  private constructor(private source: string, private start: i32, private end: i32) {}

  /** The value that a text is. */
  static of(text: string): Json {
    const start = afterSpace(text, 0);
    return new Json(text, start, afterValue(text, start));
  }

  /** As it is written; empty when it is not there. */
  get raw(): string {
    return this.source.substring(this.start, this.end);
  }

  /** Whether there is such a value. */
  get exists(): bool {
    return this.start < this.end;
  }

  /** Whether it is null, or not there. */
  get isNull(): bool {
    return !this.exists || this.first == 0x6e;
  }

  get isObject(): bool {
    return this.first == 0x7b;
  }

  get isArray(): bool {
    return this.first == 0x5b;
  }

  get isString(): bool {
    return this.first == QUOTE;
  }

  get text(): string {
    return this.isString ? unescaped(this.source, this.start + 1, this.end - 1) : "";
  }

  get textOrNull(): string | null {
    return this.isString ? this.text : null;
  }

  get integer(): i64 {
    return this.isNumber ? I64.parseInt(this.raw) : 0;
  }

  get number(): f64 {
    return this.isNumber ? F64.parseFloat(this.raw) : 0;
  }

  get boolean(): bool {
    return this.first == 0x74;
  }

  /** A member of an object. */
  member(name: string): Json {
    const names = this.isObject ? this.children() : [];
    for (let i = 0; i + 1 < names.length; i += 2) {
      if (names[i].text == name) return names[i + 1];
    }
    return new Json("", 0, 0);
  }

  /** The names of an object's members. */
  get names(): string[] {
    const children = this.isObject ? this.children() : [];
    const names: string[] = [];
    for (let i = 0; i + 1 < children.length; i += 2) names.push(children[i].text);
    return names;
  }

  /** The elements of an array. */
  get elements(): Json[] {
    return this.isArray ? this.children() : [];
  }

  get texts(): string[] {
    const elements = this.elements;
    const texts: string[] = [];
    for (let i = 0; i < elements.length; i++) texts.push(elements[i].text);
    return texts;
  }

  get numbers(): f64[] {
    const elements = this.elements;
    const numbers: f64[] = [];
    for (let i = 0; i < elements.length; i++) numbers.push(elements[i].number);
    return numbers;
  }

  get numberLists(): f64[][] {
    const elements = this.elements;
    const lists: f64[][] = [];
    for (let i = 0; i < elements.length; i++) lists.push(elements[i].numbers);
    return lists;
  }

  private get first(): i32 {
    return this.exists ? this.source.charCodeAt(this.start) : 0;
  }

  private get isNumber(): bool {
    return this.first == 0x2d || (this.first >= 0x30 && this.first <= 0x39);
  }

  /** Elements, or names and values in turn. */
  private children(): Json[] {
    const before = this.found;
    if (before !== null) return before;
    const children: Json[] = [];
    let at = afterSpace(this.source, this.start + 1);
    while (at < this.end - 1) {
      const end = afterValue(this.source, at);
      children.push(new Json(this.source, at, end));
      at = afterSpace(this.source, end);
      if (at < this.end - 1) at = afterSpace(this.source, at + 1);
    }
    this.found = children;
    return children;
  }
}

/** An object that is written member by member. */
export class JsonObject {
  private members: string[] = [];

  /** A member that is JSON already. */
  json(name: string, raw: string): JsonObject {
    this.members.push(quoted(name) + ":" + raw);
    return this;
  }

  text(name: string, value: string): JsonObject {
    return this.json(name, quoted(value));
  }

  integer(name: string, value: i64): JsonObject {
    return this.json(name, value.toString());
  }

  number(name: string, value: f64): JsonObject {
    return this.json(name, numeral(value));
  }

  boolean(name: string, value: bool): JsonObject {
    return this.json(name, value ? "true" : "false");
  }

  toString(): string {
    return "{" + this.members.join(",") + "}";
  }
}

/** An array of what is JSON already. */
export function array(elements: string[]): string {
  return "[" + elements.join(",") + "]";
}

/** An array of what can write itself. */
export function objects<T>(elements: T[]): string {
  const raw: string[] = [];
  for (let i = 0; i < elements.length; i++) raw.push(elements[i].toString());
  return array(raw);
}

export function texts(elements: string[]): string {
  const raw: string[] = [];
  for (let i = 0; i < elements.length; i++) raw.push(quoted(elements[i]));
  return array(raw);
}

export function numbers(elements: f64[]): string {
  const raw: string[] = [];
  for (let i = 0; i < elements.length; i++) raw.push(numeral(elements[i]));
  return array(raw);
}

export function numberLists(elements: f64[][]): string {
  const raw: string[] = [];
  for (let i = 0; i < elements.length; i++) raw.push(numbers(elements[i]));
  return array(raw);
}

/** A text as JSON writes it. */
export function quoted(text: string): string {
  const parts: string[] = ['"'];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0x20 && c != QUOTE && c != BACKSLASH) continue;
    parts.push(text.substring(from, i));
    parts.push(c < 0x20 ? "\\u00" + (c < 16 ? "0" : "") + c.toString(16) : "\\" + text.charAt(i));
    from = i + 1;
  }
  parts.push(text.substring(from));
  parts.push('"');
  return parts.join("");
}

/** JSON has no word for what is no number. */
function numeral(value: f64): string {
  return isFinite(value) ? value.toString() : "null";
}

function unescaped(source: string, from: i32, end: i32): string {
  const parts: string[] = [];
  for (let i = from; i < end; i++) {
    if (source.charCodeAt(i) != BACKSLASH) continue;
    parts.push(source.substring(from, i++));
    const c = source.charCodeAt(i);
    if (c == 0x75) {
      parts.push(String.fromCharCode(<i32>I32.parseInt(source.substring(i + 1, i + 5), 16)));
      i += 4;
    } else {
      parts.push(control(c));
    }
    from = i + 1;
  }
  parts.push(source.substring(from, end));
  return parts.join("");
}

function control(c: i32): string {
  if (c == 0x6e) return "\n";
  if (c == 0x74) return "\t";
  if (c == 0x72) return "\r";
  if (c == 0x62) return "\b";
  if (c == 0x66) return "\f";
  return String.fromCharCode(c);
}

function afterSpace(source: string, at: i32): i32 {
  while (at < source.length && source.charCodeAt(at) <= 0x20) at++;
  return at;
}

function afterString(source: string, at: i32): i32 {
  for (at++; at < source.length; at++) {
    const c = source.charCodeAt(at);
    if (c == QUOTE) return at + 1;
    if (c == BACKSLASH) at++;
  }
  return source.length;
}

/** Nested values are counted, not visited, so depth costs nothing. */
function afterValue(source: string, at: i32): i32 {
  let depth = 0;
  while (at < source.length) {
    const c = source.charCodeAt(at);
    if (c == QUOTE) {
      at = afterString(source, at);
    } else if (c == 0x7b || c == 0x5b) {
      depth++;
      at++;
    } else if (c == 0x7d || c == 0x5d) {
      depth--;
      at++;
    } else {
      at = depth > 0 ? at + 1 : afterScalar(source, at);
    }
    if (depth <= 0) return at;
  }
  return at;
}

function afterScalar(source: string, at: i32): i32 {
  const start = at;
  for (; at < source.length; at++) {
    const c = source.charCodeAt(at);
    if (c <= 0x20 || c == 0x2c || c == 0x7d || c == 0x5d) break;
  }
  return max(at, start + 1);
}
