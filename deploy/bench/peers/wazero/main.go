// Wazero on plain modules (no Extism). Arguments: a module and an export without parameters.
// For each line with a number it makes so many calls and prints its CPU time meanwhile, in microseconds.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"
	"syscall"

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
	bytes, err := os.ReadFile(os.Args[1])
	fail(err)
	ctx := context.Background()
	module, err := wazero.NewRuntime(ctx).Instantiate(ctx, bytes)
	fail(err)
	run := module.ExportedFunction(os.Args[2])
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		count, err := strconv.Atoi(lines.Text())
		fail(err)
		before := cpu()
		for ; count > 0; count-- {
			_, err := run.Call(ctx)
			fail(err)
		}
		fmt.Println(cpu() - before)
	}
}
