// Package storysign is what StorySign offers to plugins, on top of Extism's kit go-pdk: the functions of the platform with their inputs
// and answers, and what hooks and endpoints hand over and take.
package storysign

import (
	"encoding/json"
	"errors"

	"github.com/extism/go-pdk"
)

// CodeAnswerUnreadable is the code of a Problem of the SDK itself: what came back is not what it was made for.
const CodeAnswerUnreadable = "answer-unreadable"

// Problem is why the platform did not do what it was asked. Every error of a function of the platform is one.
type Problem struct {
	// One of the constants of this package, such as CodePermissionDenied.
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (p *Problem) Error() string {
	return p.Code + ": " + p.Message
}

// AsProblem is the problem that an error is.
func AsProblem(err error) (*Problem, bool) {
	var problem *Problem
	return problem, errors.As(err, &problem)
}

// Is tells whether an error is a problem of this code.
func Is(err error, code string) bool {
	problem, is := AsProblem(err)
	return is && problem.Code == code
}

// Some is for optional numbers of an input, which may be 0: IfRevision: Some[int64](3).
func Some[T any](value T) *T {
	return &value
}

// call hands the input to a function of the platform and reads its answer. Both blocks are given back.
func call[T any](function func(uint64) uint64, input any) (T, error) {
	answer, err := find[T](function, input)
	if err == nil && answer == nil {
		err = unreadable(errors.New("null"))
	}
	if err != nil {
		var none T
		return none, err
	}
	return *answer, nil
}

// find is call for a function whose answer may be null; it is nil then.
func find[T any](function func(uint64) uint64, input any) (*T, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return nil, unreadable(err)
	}
	block := pdk.AllocateBytes(text)
	answered := pdk.FindMemory(function(block.Offset()))
	block.Free()
	text = answered.ReadBytes()
	answered.Free()
	return read[T](text)
}

// read goes through the text once; a second time only to tell null from nothing.
func read[T any](text []byte) (*T, error) {
	var answer struct {
		OK    *T       `json:"ok"`
		Error *Problem `json:"error"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, unreadable(err)
	}
	if answer.Error != nil {
		return nil, answer.Error
	}
	if answer.OK == nil {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(text, &members); err != nil {
			return nil, unreadable(err)
		}
		if members["ok"] == nil {
			return nil, unreadable(errors.New("neither ok nor error"))
		}
	}
	return answer.OK, nil
}

func unreadable(err error) error {
	return &Problem{Code: CodeAnswerUnreadable, Message: err.Error()}
}
