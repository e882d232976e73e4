"""Wasmtime on plain modules (no Extism). Arguments: a module, an export without parameters, `plain` or `fuel`.
For each line with a number it makes so many calls and prints its CPU time meanwhile, in microseconds."""
import sys
import time

import wasmtime

path, name, mode = sys.argv[1:4]
config = wasmtime.Config()
config.consume_fuel = mode == "fuel"
engine = wasmtime.Engine(config)
store = wasmtime.Store(engine)
if mode == "fuel":
    store.set_fuel(2**62)
run = wasmtime.Instance(store, wasmtime.Module.from_file(engine, path), []).exports(store)[name]
for line in sys.stdin:
    before = time.process_time_ns()
    for _ in range(int(line)):
        run(store)
    print((time.process_time_ns() - before) // 1000, flush=True)
