// A call of every function: with the example of the reference page, and with everything that its input can have.
// Made from src/main/resources/platform/host-functions.json; a test keeps it so.
package main

import (
	"slices"

	"github.com/extism/go-pdk"
	"storysign.example/sdk"
)

// told gives what the platform answered, as the SDK has read it.
func told(answer any, err error) int32 {
	output := map[string]any{"ok": answer}
	if problem, is := storysign.AsProblem(err); is {
		output = map[string]any{"error": problem}
	}
	if err := pdk.OutputJSON(output); err != nil {
		pdk.SetError(err)
		return 1
	}
	return 0
}

func main() {}

//go:wasmexport storage_get_example
func storageGetExample() int32 {
	return told(storysign.StorageGet(storysign.StorageGetInput{Key: "best-score"}))
}

//go:wasmexport storage_get_full
func storageGetFull() int32 {
	return told(storysign.StorageGet(storysign.StorageGetInput{Key: "key \"é\\\n🐸", User: true}))
}

//go:wasmexport storage_set_example
func storageSetExample() int32 {
	return told(storysign.StorageSet(storysign.StorageSetInput{Key: "best-score", Value: map[string]any{"points": 91}}))
}

//go:wasmexport storage_set_full
func storageSetFull() int32 {
	return told(storysign.StorageSet(storysign.StorageSetInput{
		Key:        "key \"é\\\n🐸",
		Value:      []any{"value", nil, map[string]any{"half": 0.5}},
		TTLSeconds: storysign.Some[int64](5000000028),
		IfRevision: storysign.Some[int64](5000000028),
		IfAbsent:   true,
		User:       true,
	}))
}

//go:wasmexport storage_delete_example
func storageDeleteExample() int32 {
	return told(storysign.StorageDelete(storysign.StorageDeleteInput{Key: "best-score"}))
}

//go:wasmexport storage_delete_full
func storageDeleteFull() int32 {
	return told(storysign.StorageDelete(storysign.StorageDeleteInput{
		Key:        "key \"é\\\n🐸",
		IfRevision: storysign.Some[int64](5000000028),
		User:       true,
	}))
}

//go:wasmexport storage_list_example
func storageListExample() int32 {
	return told(storysign.StorageList(storysign.StorageListInput{Prefix: "best-"}))
}

//go:wasmexport storage_list_full
func storageListFull() int32 {
	return told(storysign.StorageList(storysign.StorageListInput{
		Prefix: "prefix \"é\\\n🐸",
		Cursor: "cursor \"é\\\n🐸",
		Limit:  storysign.Some[int64](5000000022),
		User:   true,
	}))
}

//go:wasmexport ai_generate_text_example
func aiGenerateTextExample() int32 {
	return told(storysign.AIGenerateText(storysign.AIGenerateTextInput{
		Messages:  []storysign.Message{{Role: "user", Content: "Greet a learner of sign language."}},
		MaxTokens: storysign.Some[int64](60),
	}))
}

//go:wasmexport ai_generate_text_full
func aiGenerateTextFull() int32 {
	return told(storysign.AIGenerateText(storysign.AIGenerateTextInput{
		Messages:    []storysign.Message{{Role: "role \"é\\\n🐸", Content: "content \"é\\\n🐸"}, {Role: "role \"é\\\n🐸", Content: "content \"é\\\n🐸"}},
		MaxTokens:   storysign.Some[int64](5000000027),
		Temperature: storysign.Some[float64](-11.375),
	}))
}

//go:wasmexport ai_analyze_gesture_example
func aiAnalyzeGestureExample() int32 {
	return told(storysign.AIAnalyzeGesture(storysign.AIAnalyzeGestureInput{
		Landmarks:  slices.Repeat([][]float64{{0.5, 0.5, 0}}, 21),
		Handedness: "right",
	}))
}

//go:wasmexport ai_analyze_gesture_full
func aiAnalyzeGestureFull() int32 {
	return told(storysign.AIAnalyzeGesture(storysign.AIAnalyzeGestureInput{
		Landmarks:  [][]float64{{-13.375, -13.375}, {-13.375, -13.375}},
		Handedness: "handedness \"é\\\n🐸",
	}))
}

//go:wasmexport ai_process_video_frame_example
func aiProcessVideoFrameExample() int32 {
	return told(storysign.AIProcessVideoFrame(storysign.AIProcessVideoFrameInput{Image: "aGk=", Format: "png"}))
}

//go:wasmexport ai_process_video_frame_full
func aiProcessVideoFrameFull() int32 {
	return told(storysign.AIProcessVideoFrame(storysign.AIProcessVideoFrameInput{Image: "image \"é\\\n🐸", Format: "format \"é\\\n🐸"}))
}

//go:wasmexport hook_emit_example
func hookEmitExample() int32 {
	return told(storysign.HookEmit(storysign.HookEmitInput{HookName: "plugin.notes.saved", Result: map[string]any{"points": 91}}))
}

//go:wasmexport hook_emit_full
func hookEmitFull() int32 {
	return told(storysign.HookEmit(storysign.HookEmitInput{
		HookName:    "hook_name \"é\\\n🐸",
		Type:        "type \"é\\\n🐸",
		Target:      "target \"é\\\n🐸",
		Args:        []any{[]any{"args 1", nil, map[string]any{"half": 0.5}}, []any{"args 2", nil, map[string]any{"half": 0.5}}},
		Kwargs:      map[string]any{"kwargs": -7, "deep": []any{nil, "é\"\\"}},
		Result:      []any{"result", nil, map[string]any{"half": 0.5}},
		RequestData: []any{"request_data", nil, map[string]any{"half": 0.5}},
		OrderingKey: "ordering_key \"é\\\n🐸",
	}))
}

//go:wasmexport user_get_example
func userGetExample() int32 {
	return told(storysign.UserGet(storysign.UserGetInput{}))
}

//go:wasmexport user_get_full
func userGetFull() int32 {
	return told(storysign.UserGet(storysign.UserGetInput{UserID: "user_id \"é\\\n🐸"}))
}

//go:wasmexport user_progress_example
func userProgressExample() int32 {
	return told(storysign.UserProgress(storysign.UserProgressInput{}))
}

//go:wasmexport user_progress_full
func userProgressFull() int32 {
	return told(storysign.UserProgress(storysign.UserProgressInput{UserID: "user_id \"é\\\n🐸"}))
}

//go:wasmexport user_update_preferences_example
func userUpdatePreferencesExample() int32 {
	return told(storysign.UserUpdatePreferences(storysign.UserUpdatePreferencesInput{Preferences: map[string]any{"difficulty": "medium"}}))
}

//go:wasmexport user_update_preferences_full
func userUpdatePreferencesFull() int32 {
	return told(storysign.UserUpdatePreferences(storysign.UserUpdatePreferencesInput{
		Preferences: map[string]any{"preferences": -7, "deep": []any{nil, "é\"\\"}},
		IfRevision:  storysign.Some[int64](5000000028),
		UserID:      "user_id \"é\\\n🐸",
	}))
}

//go:wasmexport content_list_example
func contentListExample() int32 {
	return told(storysign.ContentList(storysign.ContentListInput{Kind: "story"}))
}

//go:wasmexport content_list_full
func contentListFull() int32 {
	return told(storysign.ContentList(storysign.ContentListInput{
		ID:     "id \"é\\\n🐸",
		Kind:   "kind \"é\\\n🐸",
		Cursor: "cursor \"é\\\n🐸",
		Limit:  storysign.Some[int64](5000000022),
		UserID: "user_id \"é\\\n🐸",
	}))
}

//go:wasmexport content_search_example
func contentSearchExample() int32 {
	return told(storysign.ContentSearch(storysign.ContentSearchInput{Query: "frog -toad"}))
}

//go:wasmexport content_search_full
func contentSearchFull() int32 {
	return told(storysign.ContentSearch(storysign.ContentSearchInput{
		Query:    "query \"é\\\n🐸",
		Kind:     "kind \"é\\\n🐸",
		Language: "language \"é\\\n🐸",
		Cursor:   "cursor \"é\\\n🐸",
		Limit:    storysign.Some[int64](5000000022),
		UserID:   "user_id \"é\\\n🐸",
	}))
}

//go:wasmexport content_create_example
func contentCreateExample() int32 {
	return told(storysign.ContentCreate(storysign.ContentCreateInput{
		Kind:     "story",
		Title:    "The frog",
		Text:     "Once a frog jumped over a log.",
		Language: "en",
	}))
}

//go:wasmexport content_create_full
func contentCreateFull() int32 {
	return told(storysign.ContentCreate(storysign.ContentCreateInput{
		Kind:     "kind \"é\\\n🐸",
		Title:    "title \"é\\\n🐸",
		Text:     "text \"é\\\n🐸",
		Language: "language \"é\\\n🐸",
		UserID:   "user_id \"é\\\n🐸",
	}))
}

//go:wasmexport analytics_log_event_example
func analyticsLogEventExample() int32 {
	return told(storysign.AnalyticsLogEvent(storysign.AnalyticsLogEventInput{Name: "practice.done", Properties: map[string]any{"score": 91}}))
}

//go:wasmexport analytics_log_event_full
func analyticsLogEventFull() int32 {
	return told(storysign.AnalyticsLogEvent(storysign.AnalyticsLogEventInput{
		Name:       "name \"é\\\n🐸",
		Properties: map[string]any{"properties": -7, "deep": []any{nil, "é\"\\"}},
	}))
}

//go:wasmexport analytics_user_example
func analyticsUserExample() int32 {
	return told(storysign.AnalyticsUser(storysign.AnalyticsUserInput{Name: "practice.done"}))
}

//go:wasmexport analytics_user_full
func analyticsUserFull() int32 {
	return told(storysign.AnalyticsUser(storysign.AnalyticsUserInput{
		Name:   "name \"é\\\n🐸",
		Cursor: "cursor \"é\\\n🐸",
		Limit:  storysign.Some[int64](5000000022),
		UserID: "user_id \"é\\\n🐸",
	}))
}

//go:wasmexport notify_send_example
func notifySendExample() int32 {
	return told(storysign.NotifySend(storysign.NotifySendInput{Title: "Five days in a row", Link: "/progress", Level: "success"}))
}

//go:wasmexport notify_send_full
func notifySendFull() int32 {
	return told(storysign.NotifySend(storysign.NotifySendInput{
		Title:  "title \"é\\\n🐸",
		Body:   "body \"é\\\n🐸",
		Link:   "link \"é\\\n🐸",
		Level:  "level \"é\\\n🐸",
		UserID: "user_id \"é\\\n🐸",
	}))
}

//go:wasmexport notify_toast_example
func notifyToastExample() int32 {
	return told(storysign.NotifyToast(storysign.NotifyToastInput{Text: "Well signed!"}))
}

//go:wasmexport notify_toast_full
func notifyToastFull() int32 {
	return told(storysign.NotifyToast(storysign.NotifyToastInput{
		Text:   "text \"é\\\n🐸",
		Level:  "level \"é\\\n🐸",
		UserID: "user_id \"é\\\n🐸",
	}))
}

//go:wasmexport live_send_example
func liveSendExample() int32 {
	return told(storysign.LiveSend(storysign.LiveSendInput{Payload: map[string]any{"text": "Your turn"}}))
}

//go:wasmexport live_send_full
func liveSendFull() int32 {
	return told(storysign.LiveSend(storysign.LiveSendInput{
		Payload: []any{"payload", nil, map[string]any{"half": 0.5}},
		Channel: "channel \"é\\\n🐸",
		UserID:  "user_id \"é\\\n🐸",
	}))
}

//go:wasmexport live_broadcast_example
func liveBroadcastExample() int32 {
	return told(storysign.LiveBroadcast(storysign.LiveBroadcastInput{Channel: "room.7", Payload: map[string]any{"joined": "ada"}}))
}

//go:wasmexport live_broadcast_full
func liveBroadcastFull() int32 {
	return told(storysign.LiveBroadcast(storysign.LiveBroadcastInput{
		Channel: "channel \"é\\\n🐸",
		Payload: []any{"payload", nil, map[string]any{"half": 0.5}},
	}))
}
