// Uses every part of the Go kit.
package main

import "github.com/extism/go-pdk"

const (
	large = 65_536
	// More than a call may have at once, if nothing were freed.
	times = 1_100
)

// echo gives its input back.
//
//go:wasmexport echo
func echo() int32 {
	pdk.Output(pdk.Input())
	return 0
}

// greet greets who is configured.
//
//go:wasmexport greet
func greet() int32 {
	name, found := pdk.GetConfig("name")
	if !found {
		name = "nobody"
	}
	pdk.OutputString("Hello, " + name)
	return 0
}

// vars keeps its input as a variable and removes it again.
//
//go:wasmexport vars
func vars() int32 {
	before := told()
	pdk.SetVar("word", pdk.Input())
	now := told()
	pdk.RemoveVar("word")
	pdk.OutputString(before + " " + now + " " + told())
	return 0
}

func told() string {
	value := pdk.GetVar("word")
	if value == nil {
		return "none"
	}
	return string(value)
}

// fail says what its input says, and fails.
//
//go:wasmexport fail
func fail() int32 {
	pdk.SetErrorString(pdk.InputString())
	return 7
}

// logs logs its input at four levels.
//
//go:wasmexport logs
func logs() int32 {
	text := pdk.InputString()
	pdk.Log(pdk.LogDebug, text)
	pdk.Log(pdk.LogInfo, text)
	pdk.Log(pdk.LogWarn, text)
	pdk.Log(pdk.LogError, text)
	return 0
}

// blocks takes memory of the host, writes and reads it, and gives it back, many times.
//
//go:wasmexport blocks
func blocks() int32 {
	block := pdk.AllocateString("twenty-one characters")
	read := string(block.ReadBytes())
	block.Free()
	for range times {
		block := pdk.Allocate(large)
		block.Free()
	}
	pdk.OutputString(read)
	return 0
}

func main() {}
