// Extism's Go SDK, which runs modules by wazero. The protocol is told in ../README.md.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"
	"syscall"

	extism "github.com/extism/go-sdk"
	"github.com/tetratelabs/wazero"
)

func fail(err error) {
	if err != nil {
		panic(err)
	}
}

func cpu() int64 {
	var usage syscall.Rusage
	fail(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return usage.Utime.Nano()/1000 + usage.Stime.Nano()/1000
}

func main() {
	wasm, name, file, mode := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	input, err := os.ReadFile(file)
	fail(err)
	ctx := context.Background()
	compiled, err := extism.NewCompiledPlugin(ctx,
		extism.Manifest{Wasm: []extism.Wasm{extism.WasmFile{Path: wasm}}},
		extism.PluginConfig{EnableWasi: false}, []extism.HostFunction{})
	fail(err)
	create := func() *extism.Plugin {
		plugin, err := compiled.Instance(ctx, extism.PluginInstanceConfig{ModuleConfig: wazero.NewModuleConfig()})
		fail(err)
		return plugin
	}
	var kept *extism.Plugin
	if mode == "reused" {
		kept = create()
	}
	call := func(exported string) string {
		plugin := kept
		if plugin == nil {
			plugin = create()
			defer plugin.Close(ctx)
		}
		_, output, err := plugin.Call(exported, input)
		fail(err)
		return string(output)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if lines.Text() == "canary" {
			fmt.Println(call("canary"), call("canary"))
			continue
		}
		count, err := strconv.Atoi(lines.Text())
		fail(err)
		before := cpu()
		for ; count > 0; count-- {
			call(name)
		}
		fmt.Println(cpu() - before)
	}
}
