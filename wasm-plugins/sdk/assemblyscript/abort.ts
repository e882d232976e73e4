/** What the runtime calls when it cannot go on: a trap. The usual import `env.abort` is not offered to plugins. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  unreachable();
}
