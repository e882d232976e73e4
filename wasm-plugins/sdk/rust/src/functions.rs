//! The functions of the platform. Made from `src/main/resources/platform/host-functions.json`; a test keeps it so.

use crate::call::{call, Problem};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a [`Problem`] may be: its code.
pub mod code {
    pub const AI_UNAVAILABLE: &str = "ai-unavailable";
    pub const DATA_INVALID: &str = "data-invalid";
    pub const DATA_NOT_FOUND: &str = "data-not-found";
    pub const DATA_QUOTA_EXCEEDED: &str = "data-quota-exceeded";
    pub const DATABASE_UNAVAILABLE: &str = "database-unavailable";
    pub const DRY_RUN: &str = "dry-run";
    pub const EMIT_DEPTH_EXCEEDED: &str = "emit-depth-exceeded";
    pub const EVENT_TOO_LARGE: &str = "event-too-large";
    pub const PERMISSION_DENIED: &str = "permission-denied";
    pub const PRECONDITION_FAILED: &str = "precondition-failed";
    pub const QUEUE_FULL: &str = "queue-full";
    pub const QUOTA_EXCEEDED: &str = "quota-exceeded";
    pub const SERVICE_BUSY: &str = "service-busy";
    pub const SERVICE_TIMEOUT: &str = "service-timeout";
    pub const SERVICE_UNAVAILABLE: &str = "service-unavailable";
}

mod import {
    #[link(wasm_import_module = "extism:host/user")]
    extern "C" {
        pub fn storage_get(input: u64) -> u64;
        pub fn storage_set(input: u64) -> u64;
        pub fn storage_delete(input: u64) -> u64;
        pub fn storage_list(input: u64) -> u64;
        pub fn ai_generate_text(input: u64) -> u64;
        pub fn ai_analyze_gesture(input: u64) -> u64;
        pub fn ai_process_video_frame(input: u64) -> u64;
        pub fn hook_emit(input: u64) -> u64;
        pub fn user_get(input: u64) -> u64;
        pub fn user_progress(input: u64) -> u64;
        pub fn user_update_preferences(input: u64) -> u64;
        pub fn content_list(input: u64) -> u64;
        pub fn content_search(input: u64) -> u64;
        pub fn content_create(input: u64) -> u64;
        pub fn analytics_log_event(input: u64) -> u64;
        pub fn analytics_user(input: u64) -> u64;
        pub fn notify_send(input: u64) -> u64;
        pub fn notify_toast(input: u64) -> u64;
        pub fn live_send(input: u64) -> u64;
        pub fn live_broadcast(input: u64) -> u64;
    }
}

/// A message of a conversation with a text model.
#[derive(Clone, Debug, Serialize)]
pub struct Message<'a> {
    /// `system`, `user` or `assistant`.
    pub role: &'a str,
    /// What was said.
    pub content: &'a str,
}

impl<'a> Message<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(role: &'a str, content: &'a str) -> Self {
        Self { role, content }
    }
}

/// A sign that a hand may make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gesture {
    /// The sign.
    pub gesture: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// A hand in a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hand {
    /// `left`, `right` or `unknown`.
    pub handedness: String,
    /// Its 21 points, as `ai_analyze_gesture` takes them.
    pub landmarks: Vec<Vec<f64>>,
}

/// An item of content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContentItem {
    /// To find it by.
    pub id: String,
    /// Such as `story`.
    pub kind: String,
    /// Such as `en`; empty when none was said.
    pub language: String,
    /// One line.
    pub title: String,
    /// The beginning of its text; not there where the whole is.
    pub excerpt: Option<String>,
    /// Its whole text; only in an answer to `id`.
    pub text: Option<String>,
    /// Whose it is; null when it is everybody's.
    pub user_id: Option<String>,
    /// Which plugin made it; null when the product did.
    pub plugin_id: Option<String>,
    /// Grows with every change.
    pub revision: i64,
    /// RFC 3339.
    pub created_at: String,
}

/// What the plugin logged once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoggedEvent {
    /// As it was logged.
    pub name: String,
    /// As they were logged.
    pub properties: Value,
    /// When, RFC 3339.
    pub at: String,
}

/// What [`storage_get`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct StorageGet<'a> {
    /// 1 to 512 bytes of UTF-8 without control characters.
    pub key: &'a str,
    /// True for the key the plugin keeps for the user it was called for; needs `read:user_data` instead of `storage:read`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<bool>,
}

impl<'a> StorageGet<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(key: &'a str) -> Self {
        Self { key, user: None }
    }
}

/// What [`storage_get`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageGetAnswer {
    /// As it was written.
    pub value: Value,
    /// Grows with every write; for `if_revision`.
    pub revision: i64,
    /// When it ceases to be there, RFC 3339; null for never.
    pub expires_at: Option<String>,
}

/// Reads a value that the plugin keeps.
///
/// The answer is null when there is no such key.
///
/// Needs `storage:read` or `read:user_data`.
pub fn storage_get(input: StorageGet) -> Result<Option<StorageGetAnswer>, Problem> {
    call(import::storage_get, &input)
}

/// What [`storage_set`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct StorageSet<'a> {
    /// 1 to 512 bytes of UTF-8 without control characters.
    pub key: &'a str,
    /// Any JSON, up to 1 MiB.
    pub value: Value,
    /// How long it lives, 1 to 315360000; for ever when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<i64>,
    /// Only when the key is there at this revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_revision: Option<i64>,
    /// True: only when the key is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_absent: Option<bool>,
    /// True for a key of the user the plugin was called for; needs `write:user_data` instead of `storage:write`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<bool>,
}

impl<'a> StorageSet<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(key: &'a str, value: Value) -> Self {
        Self { key, value, ttl_seconds: None, if_revision: None, if_absent: None, user: None }
    }
}

/// What [`storage_set`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageSetAnswer {
    /// The key's revision now.
    pub revision: i64,
    /// Whether there was no such key before.
    pub created: bool,
}

/// Keeps a value, always or on a condition.
///
/// Needs `storage:write` or `write:user_data`.
///
/// May also fail with `precondition-failed` or `data-quota-exceeded`.
pub fn storage_set(input: StorageSet) -> Result<StorageSetAnswer, Problem> {
    call(import::storage_set, &input)
}

/// What [`storage_delete`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct StorageDelete<'a> {
    /// 1 to 512 bytes of UTF-8 without control characters.
    pub key: &'a str,
    /// Only when the key is there at this revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_revision: Option<i64>,
    /// True for a key of the user the plugin was called for; needs `write:user_data` instead of `storage:write`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<bool>,
}

impl<'a> StorageDelete<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(key: &'a str) -> Self {
        Self { key, if_revision: None, user: None }
    }
}

/// What [`storage_delete`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageDeleteAnswer {
    /// Whether there was such a key.
    pub deleted: bool,
}

/// Deletes a key.
///
/// Needs `storage:write` or `write:user_data`.
///
/// May also fail with `precondition-failed`.
pub fn storage_delete(input: StorageDelete) -> Result<StorageDeleteAnswer, Problem> {
    call(import::storage_delete, &input)
}

/// What [`storage_list`] takes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StorageList<'a> {
    /// Only keys that begin with this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<&'a str>,
    /// Where the page before ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<&'a str>,
    /// Keys on a page, 1 to 1000; usually 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// True for the keys of the user the plugin was called for; needs `read:user_data` instead of `storage:read`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<bool>,
}

/// What [`storage_list`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageListAnswer {
    /// The page.
    pub keys: Vec<String>,
    /// To go on with; null at the end.
    pub cursor: Option<String>,
}

/// Lists the plugin's keys in the order of their bytes.
///
/// Needs `storage:read` or `read:user_data`.
pub fn storage_list(input: StorageList) -> Result<StorageListAnswer, Problem> {
    call(import::storage_list, &input)
}

/// What [`ai_generate_text`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct AiGenerateText<'a> {
    /// 1 to 50.
    pub messages: Vec<Message<'a>>,
    /// Most tokens of the answer, up to the operator's limit (usually 4096); 512 when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<i64>,
    /// 0 to 2; the model's usual when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
}

impl<'a> AiGenerateText<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(messages: Vec<Message<'a>>) -> Self {
        Self { messages, max_tokens: None, temperature: None }
    }
}

/// What [`ai_generate_text`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AiGenerateTextAnswer {
    /// What the model wrote.
    pub text: String,
    /// Why it ended, as the model says: `stop`, `length` ….
    pub finish: String,
    /// What the call took from the plugin's budget of the day.
    pub tokens: i64,
}

/// Lets the text model that the operator connected go on from some messages.
///
/// The most that a prompt can come to is taken from the budget before the model is asked, and the rest given back. A call in vain
/// is never repeated by the service.
///
/// Needs `access:ai_services`.
///
/// May also fail with `ai-unavailable` or `dry-run`.
pub fn ai_generate_text(input: AiGenerateText) -> Result<AiGenerateTextAnswer, Problem> {
    call(import::ai_generate_text, &input)
}

/// What [`ai_analyze_gesture`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct AiAnalyzeGesture<'a> {
    /// The 21 points of a hand, each x, y (0 to 1 within the picture) and z: wrist, then four points a finger from thumb to
    /// little finger.
    pub landmarks: Vec<Vec<f64>>,
    /// `left`, `right` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handedness: Option<&'a str>,
}

impl<'a> AiAnalyzeGesture<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(landmarks: Vec<Vec<f64>>) -> Self {
        Self { landmarks, handedness: None }
    }
}

/// What [`ai_analyze_gesture`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AiAnalyzeGestureAnswer {
    /// The sign that fits best.
    pub gesture: String,
    /// 0 to 1.
    pub confidence: f64,
    /// What else it may be.
    pub alternatives: Vec<Gesture>,
}

/// Says which sign a hand makes.
///
/// Needs `access:ai_services`.
///
/// May also fail with `ai-unavailable` or `dry-run`.
pub fn ai_analyze_gesture(input: AiAnalyzeGesture) -> Result<AiAnalyzeGestureAnswer, Problem> {
    call(import::ai_analyze_gesture, &input)
}

/// What [`ai_process_video_frame`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct AiProcessVideoFrame<'a> {
    /// The picture in base64.
    pub image: &'a str,
    /// `jpeg`, `png` or `webp`.
    pub format: &'a str,
}

impl<'a> AiProcessVideoFrame<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(image: &'a str, format: &'a str) -> Self {
        Self { image, format }
    }
}

/// What [`ai_process_video_frame`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AiProcessVideoFrameAnswer {
    /// At most 10.
    pub hands: Vec<Hand>,
}

/// Finds the hands in a picture.
///
/// Needs `access:video_stream`.
///
/// May also fail with `ai-unavailable` or `dry-run`.
pub fn ai_process_video_frame(input: AiProcessVideoFrame) -> Result<AiProcessVideoFrameAnswer, Problem> {
    call(import::ai_process_video_frame, &input)
}

/// What [`hook_emit`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct HookEmit<'a> {
    /// Begins with `plugin.`, the plugin's own id and a dot.
    pub hook_name: &'a str,
    /// `before`, `after`, `replace` or `filter`; `after` when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<&'a str>,
    /// As in a hook's call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<&'a str>,
    /// As in a hook's call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub args: Option<Vec<Value>>,
    /// As in a hook's call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kwargs: Option<Value>,
    /// As in a hook's call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Value>,
    /// As in a hook's call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_data: Option<Value>,
    /// Events of one key are handled one after the other, in the order of their acceptance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordering_key: Option<&'a str>,
}

impl<'a> HookEmit<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(hook_name: &'a str) -> Self {
        Self {
            hook_name,
            r#type: None,
            target: None,
            args: None,
            kwargs: None,
            result: None,
            request_data: None,
            ordering_key: None,
        }
    }
}

/// What [`hook_emit`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HookEmitAnswer {
    /// Stays the same however often the event is handled.
    pub event_id: String,
}

/// Says that something happened: whoever subscribed to the hook is called later, at least once.
///
/// It inherits the tenant and the user of the call; what the handlers answer goes nowhere. An answer means that the event
/// outlives every process.
///
/// Needs `hooks:emit`.
///
/// May also fail with `emit-depth-exceeded`, `event-too-large` or `queue-full`.
pub fn hook_emit(input: HookEmit) -> Result<HookEmitAnswer, Problem> {
    call(import::hook_emit, &input)
}

/// What [`user_get`] takes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UserGet<'a> {
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

/// What [`user_get`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserGetAnswer {
    /// Whose it is.
    pub user_id: String,
    /// As the product put it.
    pub profile: Value,
    /// The user's preferences.
    pub preferences: Value,
    /// Grows with every change.
    pub revision: i64,
}

/// Reads what the product tells of the user.
///
/// The answer is null for a user the product has told nothing of.
///
/// Needs `read:user_data`.
///
/// May also fail with `permission-denied`.
pub fn user_get(input: UserGet) -> Result<Option<UserGetAnswer>, Problem> {
    call(import::user_get, &input)
}

/// What [`user_progress`] takes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UserProgress<'a> {
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

/// What [`user_progress`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserProgressAnswer {
    /// Whose it is.
    pub user_id: String,
    /// As the product put it.
    pub progress: Value,
    /// Grows with every change.
    pub revision: i64,
}

/// Reads the user's progress, as the product put it.
///
/// The answer is null for a user the product has told nothing of.
///
/// Needs `read:user_data`.
///
/// May also fail with `permission-denied`.
pub fn user_progress(input: UserProgress) -> Result<Option<UserProgressAnswer>, Problem> {
    call(import::user_progress, &input)
}

/// What [`user_update_preferences`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct UserUpdatePreferences<'a> {
    /// At most 100 members, each in the place of the preference of that name; null takes it away.
    pub preferences: Value,
    /// Only when the user is at this revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_revision: Option<i64>,
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

impl<'a> UserUpdatePreferences<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(preferences: Value) -> Self {
        Self { preferences, if_revision: None, user_id: None }
    }
}

/// What [`user_update_preferences`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserUpdatePreferencesAnswer {
    /// All of them now.
    pub preferences: Value,
    /// The user's revision now.
    pub revision: i64,
}

/// Changes some of the user's preferences.
///
/// All preferences of a user have at most 16 KiB.
///
/// Needs `write:user_data`.
///
/// May also fail with `data-not-found`, `data-quota-exceeded` or `precondition-failed`.
pub fn user_update_preferences(input: UserUpdatePreferences) -> Result<UserUpdatePreferencesAnswer, Problem> {
    call(import::user_update_preferences, &input)
}

/// What [`content_list`] takes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ContentList<'a> {
    /// That item alone, with its whole text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// Such as `story`; `[a-z0-9][a-z0-9_.-]*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'a str>,
    /// Where the page before ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<&'a str>,
    /// 1 to 100, usually 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

/// What [`content_list`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContentListAnswer {
    /// The page.
    pub items: Vec<ContentItem>,
    /// To go on with; null at the end.
    pub cursor: Option<String>,
}

/// Lists content the user may see, the newest first, or gives one item.
///
/// Needs `read:user_data`.
pub fn content_list(input: ContentList) -> Result<ContentListAnswer, Problem> {
    call(import::content_list, &input)
}

/// What [`content_search`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct ContentSearch<'a> {
    /// As one types into a search box: every word must be there; `"a phrase"`, `or`, `-without`.
    pub query: &'a str,
    /// Such as `story`; `[a-z0-9][a-z0-9_.-]*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'a str>,
    /// Finds words in other forms too, in content of that language only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a str>,
    /// Where the page before ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<&'a str>,
    /// 1 to 100, usually 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

impl<'a> ContentSearch<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(query: &'a str) -> Self {
        Self { query, kind: None, language: None, cursor: None, limit: None, user_id: None }
    }
}

/// What [`content_search`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContentSearchAnswer {
    /// The page.
    pub items: Vec<ContentItem>,
    /// To go on with; null at the end.
    pub cursor: Option<String>,
}

/// Finds content the user may see, what fits best first.
///
/// Needs `read:user_data`.
pub fn content_search(input: ContentSearch) -> Result<ContentSearchAnswer, Problem> {
    call(import::content_search, &input)
}

/// What [`content_create`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct ContentCreate<'a> {
    /// Such as `story`.
    pub kind: &'a str,
    /// One line of at most 200 characters.
    pub title: &'a str,
    /// At most 64 KiB.
    pub text: &'a str,
    /// Such as `en`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a str>,
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

impl<'a> ContentCreate<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(kind: &'a str, title: &'a str, text: &'a str) -> Self {
        Self { kind, title, text, language: None, user_id: None }
    }
}

/// What [`content_create`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContentCreateAnswer {
    /// To find it by.
    pub id: String,
    /// 1.
    pub revision: i64,
}

/// Makes a new item of content of the user's.
///
/// Needs `write:user_data`.
///
/// May also fail with `data-quota-exceeded`.
pub fn content_create(input: ContentCreate) -> Result<ContentCreateAnswer, Problem> {
    call(import::content_create, &input)
}

/// What [`analytics_log_event`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct AnalyticsLogEvent<'a> {
    /// `[a-z0-9][a-z0-9_.-]{0,99}`.
    pub name: &'a str,
    /// At most 4 KiB of JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Value>,
}

impl<'a> AnalyticsLogEvent<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(name: &'a str) -> Self {
        Self { name, properties: None }
    }
}

/// What [`analytics_log_event`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalyticsLogEventAnswer {
    /// True.
    pub logged: bool,
}

/// Remembers that something happened, for the user of the call if it has one.
///
/// A plugin may log 10,000 events a day; they are kept for 90 days.
///
/// Needs no permission.
///
/// May also fail with `data-quota-exceeded`.
pub fn analytics_log_event(input: AnalyticsLogEvent) -> Result<AnalyticsLogEventAnswer, Problem> {
    call(import::analytics_log_event, &input)
}

/// What [`analytics_user`] takes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AnalyticsUser<'a> {
    /// Only events of this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// Where the page before ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<&'a str>,
    /// 1 to 100, usually 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

/// What [`analytics_user`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalyticsUserAnswer {
    /// The page.
    pub events: Vec<LoggedEvent>,
    /// To go on with; null at the end.
    pub cursor: Option<String>,
}

/// Reads what the plugin itself logged for the user, the newest first.
///
/// Needs `read:user_data`.
pub fn analytics_user(input: AnalyticsUser) -> Result<AnalyticsUserAnswer, Problem> {
    call(import::analytics_user, &input)
}

/// What [`notify_send`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct NotifySend<'a> {
    /// One line of at most 200 characters.
    pub title: &'a str,
    /// At most 2,000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<&'a str>,
    /// A path of the product, such as `/stories/7`, or an https address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'a str>,
    /// `info` (usual), `success`, `warning` or `error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<&'a str>,
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

impl<'a> NotifySend<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(title: &'a str) -> Self {
        Self { title, body: None, link: None, level: None, user_id: None }
    }
}

/// What [`notify_send`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotifySendAnswer {
    /// The notification's.
    pub id: String,
}

/// Leaves a notification for the user, in the plugin's name.
///
/// A plugin keeps at most 100 notifications for a user; they are kept for 90 days.
///
/// Needs `modify:ui`.
///
/// May also fail with `data-quota-exceeded`.
pub fn notify_send(input: NotifySend) -> Result<NotifySendAnswer, Problem> {
    call(import::notify_send, &input)
}

/// What [`notify_toast`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct NotifyToast<'a> {
    /// One line of at most 200 characters.
    pub text: &'a str,
    /// `info` (usual), `success`, `warning` or `error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<&'a str>,
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

impl<'a> NotifyToast<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(text: &'a str) -> Self {
        Self { text, level: None, user_id: None }
    }
}

/// What [`notify_toast`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotifyToastAnswer {
    /// True.
    pub accepted: bool,
}

/// Shows the user a message for a moment, if the user looks.
///
/// Needs `modify:ui`.
///
/// May also fail with `data-quota-exceeded`.
pub fn notify_toast(input: NotifyToast) -> Result<NotifyToastAnswer, Problem> {
    call(import::notify_toast, &input)
}

/// What [`live_send`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct LiveSend<'a> {
    /// Any JSON, at most 16 KiB.
    pub payload: Value,
    /// What it is about; `[a-z0-9][a-z0-9_.:-]{0,99}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<&'a str>,
    /// Another user than the call's; only when the key that triggered the call has `users: any`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

impl<'a> LiveSend<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(payload: Value) -> Self {
        Self { payload, channel: None, user_id: None }
    }
}

/// What [`live_send`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveSendAnswer {
    /// As the page sees it in `id`.
    pub message_id: String,
}

/// Sends a message to the user's open pages, on whichever process they are connected.
///
/// Whether a page is open is not known, and who connects later does not get it: what must arrive is a notification.
///
/// Needs `modify:ui`.
pub fn live_send(input: LiveSend) -> Result<LiveSendAnswer, Problem> {
    call(import::live_send, &input)
}

/// What [`live_broadcast`] takes.
#[derive(Clone, Debug, Serialize)]
pub struct LiveBroadcast<'a> {
    /// One of those that user tokens name; `[a-z0-9][a-z0-9_.:-]{0,99}`.
    pub channel: &'a str,
    /// Any JSON, at most 16 KiB.
    pub payload: Value,
}

impl<'a> LiveBroadcast<'a> {
    /// What it cannot do without; the rest is left to the platform.
    pub fn new(channel: &'a str, payload: Value) -> Self {
        Self { channel, payload }
    }
}

/// What [`live_broadcast`] answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveBroadcastAnswer {
    /// As pages see it in `id`.
    pub message_id: String,
}

/// Sends a message to the open pages of everybody in the tenant who listens to a channel.
///
/// Needs `modify:ui`.
pub fn live_broadcast(input: LiveBroadcast) -> Result<LiveBroadcastAnswer, Problem> {
    call(import::live_broadcast, &input)
}
