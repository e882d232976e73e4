import * as env from "@extism/as-pdk/lib/env";

/** What the platform hands over with the call, as text. */
export function input(): string {
  const bytes = new Uint8Array(<i32>env.input_length());
  const words = bytes.length & ~7;
  for (let i = 0; i < words; i += 8) store<u64>(bytes.dataStart + i, env.input_load_u64(i));
  for (let i = words; i < bytes.length; i++) bytes[i] = env.input_load_u8(i);
  return String.UTF8.decode(bytes.buffer);
}

/** Answers the call. Gives what an export must return: 0. */
export function output(text: string): i32 {
  const handle = block(text);
  env.output_set(handle, env.length(handle));
  return 0;
}

/** Fails the call; the platform tells the reason to whoever called. Gives what an export must return. */
export function refuse(reason: string): i32 {
  env.error_set(block(reason));
  return 1;
}

export function logInfo(line: string): void {
  env.log_info(block(line));
}

export function logWarning(line: string): void {
  env.log_warn(block(line));
}

/** A new block with this text; whoever is given it frees it. */
export function block(text: string): u64 {
  const bytes = Uint8Array.wrap(String.UTF8.encode(text));
  const handle = env.alloc(bytes.length);
  const words = bytes.length & ~7;
  for (let i = 0; i < words; i += 8) env.store_u64(handle + i, load<u64>(bytes.dataStart + i));
  for (let i = words; i < bytes.length; i++) env.store_u8(handle + i, bytes[i]);
  return handle;
}

/** The text of a block, which is freed. */
export function takeText(handle: u64): string {
  const bytes = new Uint8Array(<i32>env.length(handle));
  const words = bytes.length & ~7;
  for (let i = 0; i < words; i += 8) store<u64>(bytes.dataStart + i, env.load_u64(handle + i));
  for (let i = words; i < bytes.length; i++) bytes[i] = env.load_u8(handle + i);
  env.free(handle);
  return String.UTF8.decode(bytes.buffer);
}

/** Gives a block back. */
export function free(handle: u64): void {
  env.free(handle);
}
