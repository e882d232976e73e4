//! A call of every function: with the example of the reference page, and with everything that its input can have.
//! Made from `src/main/resources/platform/host-functions.json`; a test keeps it so.

mod hooks;

use extism_pdk::*;
use serde::Serialize;
use serde_json::{json, Value};
use storysign_sdk::*;

/// What the platform answered, as the SDK has read it.
fn told(result: Result<impl Serialize, Problem>) -> FnResult<Json<Value>> {
    Ok(Json(match result {
        Ok(answer) => json!({ "ok": answer }),
        Err(problem) => json!({ "error": problem }),
    }))
}

#[plugin_fn]
pub fn storage_get_example() -> FnResult<Json<Value>> {
    told(storage_get(StorageGet::new("best-score")))
}

#[plugin_fn]
pub fn storage_get_full() -> FnResult<Json<Value>> {
    told(storage_get(StorageGet { user: Some(true), ..StorageGet::new("key \"é\\\n🐸") }))
}

#[plugin_fn]
pub fn storage_set_example() -> FnResult<Json<Value>> {
    told(storage_set(StorageSet::new("best-score", json!({"points": 91}))))
}

#[plugin_fn]
pub fn storage_set_full() -> FnResult<Json<Value>> {
    told(storage_set(StorageSet {
        ttl_seconds: Some(5000000028),
        if_revision: Some(5000000028),
        if_absent: Some(true),
        user: Some(true),
        ..StorageSet::new("key \"é\\\n🐸", json!(["value", null, {"half": 0.5}]))
    }))
}

#[plugin_fn]
pub fn storage_delete_example() -> FnResult<Json<Value>> {
    told(storage_delete(StorageDelete::new("best-score")))
}

#[plugin_fn]
pub fn storage_delete_full() -> FnResult<Json<Value>> {
    told(storage_delete(StorageDelete {
        if_revision: Some(5000000028),
        user: Some(true),
        ..StorageDelete::new("key \"é\\\n🐸")
    }))
}

#[plugin_fn]
pub fn storage_list_example() -> FnResult<Json<Value>> {
    told(storage_list(StorageList { prefix: Some("best-"), ..StorageList::default() }))
}

#[plugin_fn]
pub fn storage_list_full() -> FnResult<Json<Value>> {
    told(storage_list(StorageList {
        prefix: Some("prefix \"é\\\n🐸"),
        cursor: Some("cursor \"é\\\n🐸"),
        limit: Some(5000000022),
        user: Some(true),
    }))
}

#[plugin_fn]
pub fn ai_generate_text_example() -> FnResult<Json<Value>> {
    told(ai_generate_text(AiGenerateText {
        max_tokens: Some(60),
        ..AiGenerateText::new(vec![Message::new("user", "Greet a learner of sign language.")])
    }))
}

#[plugin_fn]
pub fn ai_generate_text_full() -> FnResult<Json<Value>> {
    told(ai_generate_text(AiGenerateText {
        max_tokens: Some(5000000027),
        temperature: Some(-11.375),
        ..AiGenerateText::new(vec![Message::new("role \"é\\\n🐸", "content \"é\\\n🐸"), Message::new("role \"é\\\n🐸", "content \"é\\\n🐸")])
    }))
}

#[plugin_fn]
pub fn ai_analyze_gesture_example() -> FnResult<Json<Value>> {
    told(ai_analyze_gesture(AiAnalyzeGesture {
        handedness: Some("right"),
        ..AiAnalyzeGesture::new(vec![vec![0.5, 0.5, 0.0]; 21])
    }))
}

#[plugin_fn]
pub fn ai_analyze_gesture_full() -> FnResult<Json<Value>> {
    told(ai_analyze_gesture(AiAnalyzeGesture {
        handedness: Some("handedness \"é\\\n🐸"),
        ..AiAnalyzeGesture::new(vec![vec![-13.375, -13.375], vec![-13.375, -13.375]])
    }))
}

#[plugin_fn]
pub fn ai_process_video_frame_example() -> FnResult<Json<Value>> {
    told(ai_process_video_frame(AiProcessVideoFrame::new("aGk=", "png")))
}

#[plugin_fn]
pub fn ai_process_video_frame_full() -> FnResult<Json<Value>> {
    told(ai_process_video_frame(AiProcessVideoFrame::new("image \"é\\\n🐸", "format \"é\\\n🐸")))
}

#[plugin_fn]
pub fn hook_emit_example() -> FnResult<Json<Value>> {
    told(hook_emit(HookEmit { result: Some(json!({"points": 91})), ..HookEmit::new("plugin.notes.saved") }))
}

#[plugin_fn]
pub fn hook_emit_full() -> FnResult<Json<Value>> {
    told(hook_emit(HookEmit {
        r#type: Some("type \"é\\\n🐸"),
        target: Some("target \"é\\\n🐸"),
        args: Some(vec![json!(["args 1", null, {"half": 0.5}]), json!(["args 2", null, {"half": 0.5}])]),
        kwargs: Some(json!({"kwargs": -7, "deep": [null, "é\"\\"]})),
        result: Some(json!(["result", null, {"half": 0.5}])),
        request_data: Some(json!(["request_data", null, {"half": 0.5}])),
        ordering_key: Some("ordering_key \"é\\\n🐸"),
        ..HookEmit::new("hook_name \"é\\\n🐸")
    }))
}

#[plugin_fn]
pub fn user_get_example() -> FnResult<Json<Value>> {
    told(user_get(UserGet::default()))
}

#[plugin_fn]
pub fn user_get_full() -> FnResult<Json<Value>> {
    told(user_get(UserGet { user_id: Some("user_id \"é\\\n🐸") }))
}

#[plugin_fn]
pub fn user_progress_example() -> FnResult<Json<Value>> {
    told(user_progress(UserProgress::default()))
}

#[plugin_fn]
pub fn user_progress_full() -> FnResult<Json<Value>> {
    told(user_progress(UserProgress { user_id: Some("user_id \"é\\\n🐸") }))
}

#[plugin_fn]
pub fn user_update_preferences_example() -> FnResult<Json<Value>> {
    told(user_update_preferences(UserUpdatePreferences::new(json!({"difficulty": "medium"}))))
}

#[plugin_fn]
pub fn user_update_preferences_full() -> FnResult<Json<Value>> {
    told(user_update_preferences(UserUpdatePreferences {
        if_revision: Some(5000000028),
        user_id: Some("user_id \"é\\\n🐸"),
        ..UserUpdatePreferences::new(json!({"preferences": -7, "deep": [null, "é\"\\"]}))
    }))
}

#[plugin_fn]
pub fn content_list_example() -> FnResult<Json<Value>> {
    told(content_list(ContentList { kind: Some("story"), ..ContentList::default() }))
}

#[plugin_fn]
pub fn content_list_full() -> FnResult<Json<Value>> {
    told(content_list(ContentList {
        id: Some("id \"é\\\n🐸"),
        kind: Some("kind \"é\\\n🐸"),
        cursor: Some("cursor \"é\\\n🐸"),
        limit: Some(5000000022),
        user_id: Some("user_id \"é\\\n🐸"),
    }))
}

#[plugin_fn]
pub fn content_search_example() -> FnResult<Json<Value>> {
    told(content_search(ContentSearch::new("frog -toad")))
}

#[plugin_fn]
pub fn content_search_full() -> FnResult<Json<Value>> {
    told(content_search(ContentSearch {
        kind: Some("kind \"é\\\n🐸"),
        language: Some("language \"é\\\n🐸"),
        cursor: Some("cursor \"é\\\n🐸"),
        limit: Some(5000000022),
        user_id: Some("user_id \"é\\\n🐸"),
        ..ContentSearch::new("query \"é\\\n🐸")
    }))
}

#[plugin_fn]
pub fn content_create_example() -> FnResult<Json<Value>> {
    told(content_create(ContentCreate {
        language: Some("en"),
        ..ContentCreate::new("story", "The frog", "Once a frog jumped over a log.")
    }))
}

#[plugin_fn]
pub fn content_create_full() -> FnResult<Json<Value>> {
    told(content_create(ContentCreate {
        language: Some("language \"é\\\n🐸"),
        user_id: Some("user_id \"é\\\n🐸"),
        ..ContentCreate::new("kind \"é\\\n🐸", "title \"é\\\n🐸", "text \"é\\\n🐸")
    }))
}

#[plugin_fn]
pub fn analytics_log_event_example() -> FnResult<Json<Value>> {
    told(analytics_log_event(AnalyticsLogEvent {
        properties: Some(json!({"score": 91})),
        ..AnalyticsLogEvent::new("practice.done")
    }))
}

#[plugin_fn]
pub fn analytics_log_event_full() -> FnResult<Json<Value>> {
    told(analytics_log_event(AnalyticsLogEvent {
        properties: Some(json!({"properties": -7, "deep": [null, "é\"\\"]})),
        ..AnalyticsLogEvent::new("name \"é\\\n🐸")
    }))
}

#[plugin_fn]
pub fn analytics_user_example() -> FnResult<Json<Value>> {
    told(analytics_user(AnalyticsUser { name: Some("practice.done"), ..AnalyticsUser::default() }))
}

#[plugin_fn]
pub fn analytics_user_full() -> FnResult<Json<Value>> {
    told(analytics_user(AnalyticsUser {
        name: Some("name \"é\\\n🐸"),
        cursor: Some("cursor \"é\\\n🐸"),
        limit: Some(5000000022),
        user_id: Some("user_id \"é\\\n🐸"),
    }))
}

#[plugin_fn]
pub fn notify_send_example() -> FnResult<Json<Value>> {
    told(notify_send(NotifySend {
        link: Some("/progress"),
        level: Some("success"),
        ..NotifySend::new("Five days in a row")
    }))
}

#[plugin_fn]
pub fn notify_send_full() -> FnResult<Json<Value>> {
    told(notify_send(NotifySend {
        body: Some("body \"é\\\n🐸"),
        link: Some("link \"é\\\n🐸"),
        level: Some("level \"é\\\n🐸"),
        user_id: Some("user_id \"é\\\n🐸"),
        ..NotifySend::new("title \"é\\\n🐸")
    }))
}

#[plugin_fn]
pub fn notify_toast_example() -> FnResult<Json<Value>> {
    told(notify_toast(NotifyToast::new("Well signed!")))
}

#[plugin_fn]
pub fn notify_toast_full() -> FnResult<Json<Value>> {
    told(notify_toast(NotifyToast {
        level: Some("level \"é\\\n🐸"),
        user_id: Some("user_id \"é\\\n🐸"),
        ..NotifyToast::new("text \"é\\\n🐸")
    }))
}

#[plugin_fn]
pub fn live_send_example() -> FnResult<Json<Value>> {
    told(live_send(LiveSend::new(json!({"text": "Your turn"}))))
}

#[plugin_fn]
pub fn live_send_full() -> FnResult<Json<Value>> {
    told(live_send(LiveSend {
        channel: Some("channel \"é\\\n🐸"),
        user_id: Some("user_id \"é\\\n🐸"),
        ..LiveSend::new(json!(["payload", null, {"half": 0.5}]))
    }))
}

#[plugin_fn]
pub fn live_broadcast_example() -> FnResult<Json<Value>> {
    told(live_broadcast(LiveBroadcast::new("room.7", json!({"joined": "ada"}))))
}

#[plugin_fn]
pub fn live_broadcast_full() -> FnResult<Json<Value>> {
    told(live_broadcast(LiveBroadcast::new("channel \"é\\\n🐸", json!(["payload", null, {"half": 0.5}]))))
}
