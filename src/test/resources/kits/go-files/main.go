// Does with files what its input says, a line each, by Go's own library.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/extism/go-pdk"
)

// run answers each line of its input with one of its own.
//
//go:wasmexport run
func run() int32 {
	var answers []string
	for _, line := range strings.Split(pdk.InputString(), "\n") {
		words := strings.SplitN(line, " ", 3)
		for len(words) < 3 {
			words = append(words, "")
		}
		answer, err := do(words[0], words[1], words[2])
		if err != nil {
			answer = "error " + cause(err)
		}
		answers = append(answers, answer)
	}
	pdk.OutputString(strings.Join(answers, "\n"))
	return 0
}

func cause(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	return err.Error()
}

func do(what, path, rest string) (string, error) {
	switch what {
	case "write":
		return "ok", os.WriteFile(path, []byte(rest), 0o644)
	case "fill":
		var size int
		if _, err := fmt.Sscan(rest, &size); err != nil {
			return "", err
		}
		return "ok", os.WriteFile(path, []byte(strings.Repeat("x", size)), 0o644)
	case "append":
		return add(path, rest, os.O_APPEND|os.O_CREATE|os.O_WRONLY)
	case "create":
		return add(path, rest, os.O_EXCL|os.O_CREATE|os.O_WRONLY)
	case "patch":
		return add(path, rest, os.O_RDWR)
	case "read":
		content, err := os.ReadFile(path)
		return string(content), err
	case "size":
		content, err := os.ReadFile(path)
		return fmt.Sprint(len(content)), err
	case "tail":
		return tail(path)
	case "cut":
		return "ok", os.Truncate(path, 2)
	case "stat":
		found, err := os.Stat(path)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s %d %t", found.Name(), found.Size(), found.IsDir()), nil
	case "list":
		return list(path)
	case "mkdir":
		return "ok", os.Mkdir(path, 0o755)
	case "mkdirs":
		return "ok", os.MkdirAll(path, 0o755)
	case "rename":
		return "ok", os.Rename(path, rest)
	case "remove":
		return "ok", os.Remove(path)
	case "removeall":
		return "ok", os.RemoveAll(path)
	case "link":
		return "ok", os.Link(path, rest)
	case "symlink":
		return "ok", os.Symlink(path, rest)
	case "readlink":
		return os.Readlink(path)
	case "open":
		return openMany(path)
	}
	return "", errors.New("unknown: " + what)
}

func add(path, text string, flags int) (string, error) {
	file, err := os.OpenFile(path, flags, 0o644)
	if err != nil {
		return "", err
	}
	defer file.Close()
	if _, err := file.WriteString(text); err != nil {
		return "", err
	}
	return "ok", file.Sync()
}

// tail reads the last four bytes by seeking.
func tail(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	if _, err := file.Seek(-4, io.SeekEnd); err != nil {
		return "", err
	}
	content, err := io.ReadAll(file)
	return string(content), err
}

func list(path string) (string, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return "", err
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() {
			name += "/"
		}
		names = append(names, name)
	}
	return strings.Join(names, " "), nil
}

// openMany opens a file again and again, and says how often it could.
func openMany(path string) (string, error) {
	var files []*os.File
	defer func() {
		for _, file := range files {
			file.Close()
		}
	}()
	for {
		file, err := os.Open(path)
		if err != nil {
			return fmt.Sprint(len(files), " ", cause(err)), nil
		}
		files = append(files, file)
	}
}

func main() {}
