package main

import (
	"encoding/json"
	"errors"
	"time"

	"storysign.example/sdk"
)

// A handler for each type of hook and an endpoint, which give back what they were handed.

//go:wasmexport hook_echo
func hookEcho() int32 {
	return storysign.Replace(func(call storysign.HookCall) (storysign.ReplaceAnswer, error) {
		return storysign.ReplaceAnswer{Result: map[string]any{
			"hook_name":     call.HookName,
			"type":          call.Type,
			"target":        call.Target,
			"args":          call.Args,
			"kwargs":        call.Kwargs,
			"result":        call.Result,
			"user_id":       call.Context.UserID,
			"session_id":    call.Context.SessionID,
			"module_name":   call.Context.ModuleName,
			"request_data":  call.Context.RequestData,
			"plugin_id":     call.Context.PluginID,
			"tenant":        call.Context.Tenant,
			"config":        call.Context.Config,
			"timestamp":     call.Context.Timestamp.Format(time.RFC3339Nano),
			"invocation_id": call.Context.InvocationID,
			"event_id":      call.Context.EventID,
		}}, nil
	})
}

//go:wasmexport hook_pass
func hookPass() int32 {
	return storysign.Replace(func(storysign.HookCall) (storysign.ReplaceAnswer, error) {
		return storysign.ReplaceAnswer{Pass: true}, nil
	})
}

//go:wasmexport hook_filter
func hookFilter() int32 {
	return storysign.Filter(func(call storysign.HookCall) (storysign.FilterAnswer, error) {
		if string(call.Result) == "null" {
			return storysign.FilterAnswer{}, nil
		}
		return storysign.FilterAnswer{Result: map[string]any{"was": call.Result}}, nil
	})
}

//go:wasmexport hook_before
func hookBefore() int32 {
	return storysign.Before(func(call storysign.HookCall) (storysign.BeforeAnswer, error) {
		if len(call.Args) == 0 {
			return storysign.BeforeAnswer{}, nil
		}
		switch string(call.Args[0]) {
		case `"stop"`:
			return storysign.BeforeAnswer{Stop: "enough"}, nil
		case `"change"`:
			return storysign.BeforeAnswer{Args: []any{"changed"}, Kwargs: map[string]any{"n": 1}}, nil
		}
		return storysign.BeforeAnswer{}, nil
	})
}

//go:wasmexport hook_after
func hookAfter() int32 {
	return storysign.After(func(call storysign.HookCall) error {
		if string(call.Result) == "null" {
			return errors.New("nothing happened")
		}
		return nil
	})
}

// hookValues reads texts and numbers, and writes them.
//
//go:wasmexport hook_values
func hookValues() int32 {
	return storysign.Replace(func(call storysign.HookCall) (storysign.ReplaceAnswer, error) {
		var values struct {
			Texts   []string  `json:"texts"`
			Numbers []float64 `json:"numbers"`
		}
		err := json.Unmarshal(call.Result, &values)
		return storysign.ReplaceAnswer{Result: values}, err
	})
}

//go:wasmexport endpoint_echo
func endpointEcho() int32 {
	return storysign.Endpoint(func(request storysign.Request) (storysign.Response, error) {
		return storysign.JSON(201, map[string]any{
			"method":      request.Method,
			"path":        request.Path,
			"id":          orNull(request.PathParams["id"]),
			"q":           orNull(request.Parameter("q")),
			"accept":      orNull(request.Headers["accept"]),
			"body":        orNull(request.Body),
			"body_base64": request.Binary,
			"user_id":     request.UserID,
		})
	})
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// hookCalls reads a key as often as the result says, and gives how often there was one.
//
//go:wasmexport hook_calls
func hookCalls() int32 {
	return storysign.Replace(func(call storysign.HookCall) (storysign.ReplaceAnswer, error) {
		var times, found int
		err := json.Unmarshal(call.Result, &times)
		for range times {
			stored, problem := storysign.StorageGet(storysign.StorageGetInput{Key: "key"})
			if problem != nil {
				return storysign.ReplaceAnswer{}, problem
			}
			if stored != nil {
				found++
			}
		}
		return storysign.ReplaceAnswer{Result: found}, err
	})
}
