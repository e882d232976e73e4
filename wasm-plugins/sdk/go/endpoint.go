package storysign

import "encoding/json"

// Request is the input of an endpoint's handler.
type Request struct {
	Method     string              `json:"method"`
	Path       string              `json:"path"`
	PathParams map[string]string   `json:"path_params"`
	Query      map[string][]string `json:"query"`
	// Those the platform lets through, in small letters.
	Headers map[string]string `json:"headers"`
	// Empty when there is none, or it is not text.
	Body string `json:"body"`
	// A body that is not text.
	Binary []byte  `json:"body_base64"`
	UserID *string `json:"user_id"`
}

// Parameter is the first value of a parameter of the query; empty when there is none.
func (r Request) Parameter(name string) string {
	if values := r.Query[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Response is the answer of an endpoint's handler.
type Response struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    string            `json:"body"`
}

// JSON is a response with this body.
func JSON(status int, body any) (Response, error) {
	text, err := json.Marshal(body)
	return Response{status, map[string]string{"content-type": "application/json"}, string(text)}, err
}

// Endpoint runs the handler of an endpoint: return storysign.Endpoint(handler) in what is exported.
func Endpoint(handler func(Request) (Response, error)) int32 { return Handle(handler) }
