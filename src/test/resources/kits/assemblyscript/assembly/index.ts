import "./abort";
import { Config, Host, LogLevel, Memory, Var } from "@extism/as-pdk";
import { error_set } from "@extism/as-pdk/lib/env";

const LARGE: u64 = 65536;
/** More than a call may have at once, if nothing were freed. */
const TIMES = 1100;

/** Gives its input back. */
export function echo(): i32 {
  Host.output(Host.input());
  return 0;
}

/** Greets who is configured. */
export function greet(): i32 {
  const name = Config.get("name");
  // Not Host.outputString: in this version of the kit it counts characters and gives as many bytes.
  Host.output(Uint8Array.wrap(String.UTF8.encode("Hello, " + (name === null ? "nobody" : name))));
  return 0;
}

/** Keeps its input as a variable and removes it again. */
export function vars(): i32 {
  const before = Var.getString("word");
  Var.set("word", Host.input());
  const now = Var.getString("word");
  Var.remove("word");
  const after = Var.getString("word");
  Host.outputString(told(before) + " " + told(now) + " " + told(after));
  return 0;
}

function told(value: string | null): string {
  return value === null ? "none" : value;
}

/** Says what its input says, and fails. */
export function fail(): i32 {
  error_set(Memory.allocateBytes(Host.input()).offset);
  return 7;
}

/** Logs its input at four levels. */
export function logs(): i32 {
  const text = Host.inputString();
  Host.log(LogLevel.Debug, text);
  Host.log(LogLevel.Info, text);
  Host.log(LogLevel.Warn, text);
  Host.log(LogLevel.Error, text);
  return 0;
}

/** Takes memory of the host, writes and reads it, and gives it back, many times. */
export function blocks(): i32 {
  const block = Memory.allocateString("twenty-one characters");
  const read = block.toString();
  block.free();
  for (let i = 0; i < TIMES; i++) Memory.allocate(LARGE).free();
  Host.outputString(read);
  return 0;
}
