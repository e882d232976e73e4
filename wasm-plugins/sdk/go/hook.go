package storysign

import (
	"encoding/json"
	"time"

	"github.com/extism/go-pdk"
)

// HookCall is the input of every handler of a hook.
type HookCall struct {
	HookName string `json:"hook_name"`
	// before, after, replace or filter.
	Type    string                     `json:"type"`
	Target  *string                    `json:"target"`
	Args    []json.RawMessage          `json:"args"`
	Kwargs  map[string]json.RawMessage `json:"kwargs"`
	Result  json.RawMessage            `json:"result"`
	Context Context                    `json:"context"`
}

// Context is for whom and when.
type Context struct {
	// Nobody when the call is not about a user.
	UserID      *string         `json:"user_id"`
	SessionID   *string         `json:"session_id"`
	ModuleName  *string         `json:"module_name"`
	RequestData json.RawMessage `json:"request_data"`
	PluginID    string          `json:"plugin_id"`
	Tenant      string          `json:"tenant"`
	// What the operator configured, with the defaults of the manifest.
	Config json.RawMessage `json:"config"`
	// When the platform called. With this clock the same call gives the same answer.
	Timestamp    time.Time `json:"timestamp"`
	InvocationID string    `json:"invocation_id"`
	// Only of an event, which may come more than once: always the same then.
	EventID *string `json:"event_id"`
}

// BeforeAnswer is what a before handler answers; what is nil stays as it is.
type BeforeAnswer struct {
	Args   []any          `json:"args,omitzero"`
	Kwargs map[string]any `json:"kwargs,omitzero"`
	// Why the product shall not do what it was about to do.
	Stop string `json:"stop,omitempty"`
}

// ReplaceAnswer is what a replace handler answers: a result (null is json.RawMessage("null")), or the word that the next handler should
// give one.
type ReplaceAnswer struct {
	Result any  `json:"result,omitempty"`
	Pass   bool `json:"pass,omitempty"`
}

// FilterAnswer is what a filter handler answers; nil leaves the result as it is, and json.RawMessage("null") makes it null.
type FilterAnswer struct {
	Result any `json:"result,omitempty"`
}

// Before runs the handler of a before hook: return storysign.Before(handler) in what is exported.
func Before(handler func(HookCall) (BeforeAnswer, error)) int32 { return Handle(handler) }

// Replace runs the handler of a replace hook.
func Replace(handler func(HookCall) (ReplaceAnswer, error)) int32 { return Handle(handler) }

// Filter runs the handler of a filter hook.
func Filter(handler func(HookCall) (FilterAnswer, error)) int32 { return Handle(handler) }

// After runs the handler of an after hook, which answers nothing.
func After(handler func(HookCall) error) int32 {
	var call HookCall
	if err := pdk.InputJSON(&call); err != nil {
		return Refuse(err)
	}
	if err := handler(call); err != nil {
		return Refuse(err)
	}
	return 0
}

// Handle reads the input as JSON and writes what the handler answers as JSON; its error fails the call.
func Handle[In, Out any](handler func(In) (Out, error)) int32 {
	var input In
	if err := pdk.InputJSON(&input); err != nil {
		return Refuse(err)
	}
	output, err := handler(input)
	if err != nil {
		return Refuse(err)
	}
	if err := pdk.OutputJSON(output); err != nil {
		return Refuse(err)
	}
	return 0
}

// Refuse says what is wrong; the platform tells it to whoever called.
func Refuse(err error) int32 {
	pdk.SetError(err)
	return 1
}
