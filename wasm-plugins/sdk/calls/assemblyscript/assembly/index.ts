// A call of every function: with the example of the reference page, and with everything that its input can have.
// Made from src/main/resources/platform/host-functions.json; a test keeps it so.

import * as sdk from "storysign-sdk";

export * from "./hooks";

/** What the platform answered, as the SDK has read it. */
function told(answer: string | null, problem: sdk.Problem | null): i32 {
  const output = new sdk.JsonObject();
  if (problem) {
    const error = new sdk.JsonObject().text("code", problem.code).text("message", problem.message);
    return sdk.output(output.json("error", error.toString()).toString());
  }
  return sdk.output(output.json("ok", answer === null ? "null" : answer).toString());
}

function textOrNull(text: string | null): string {
  return text === null ? "null" : sdk.quoted(text);
}

function writeGesture(answer: sdk.Gesture): string {
  return new sdk.JsonObject()
    .text("gesture", answer.gesture)
    .number("confidence", answer.confidence)
    .toString();
}

function writeHand(answer: sdk.Hand): string {
  return new sdk.JsonObject()
    .text("handedness", answer.handedness)
    .json("landmarks", sdk.numberLists(answer.landmarks))
    .toString();
}

function writeContentItem(answer: sdk.ContentItem): string {
  return new sdk.JsonObject()
    .text("id", answer.id)
    .text("kind", answer.kind)
    .text("language", answer.language)
    .text("title", answer.title)
    .json("excerpt", textOrNull(answer.excerpt))
    .json("text", textOrNull(answer.text))
    .json("user_id", textOrNull(answer.userId))
    .json("plugin_id", textOrNull(answer.pluginId))
    .integer("revision", answer.revision)
    .text("created_at", answer.createdAt)
    .toString();
}

function writeLoggedEvent(answer: sdk.LoggedEvent): string {
  return new sdk.JsonObject()
    .text("name", answer.name)
    .json("properties", answer.properties)
    .text("at", answer.at)
    .toString();
}

function writeStorageGetAnswer(answer: sdk.StorageGetAnswer): string {
  return new sdk.JsonObject()
    .json("value", answer.value)
    .integer("revision", answer.revision)
    .json("expires_at", textOrNull(answer.expiresAt))
    .toString();
}

export function storage_get_example(): i32 {
  const result = new sdk.StorageGet("best-score").call();
  const answer = result.answer;
  return told(answer ? writeStorageGetAnswer(answer) : null, result.problem);
}

export function storage_get_full(): i32 {
  const result = new sdk.StorageGet("key \"é\\\n🐸").user(true).call();
  const answer = result.answer;
  return told(answer ? writeStorageGetAnswer(answer) : null, result.problem);
}

function writeStorageSetAnswer(answer: sdk.StorageSetAnswer): string {
  return new sdk.JsonObject()
    .integer("revision", answer.revision)
    .boolean("created", answer.created)
    .toString();
}

export function storage_set_example(): i32 {
  const result = new sdk.StorageSet("best-score", '{"points": 91}').call();
  const answer = result.answer;
  return told(answer ? writeStorageSetAnswer(answer) : null, result.problem);
}

export function storage_set_full(): i32 {
  const result = new sdk.StorageSet("key \"é\\\n🐸", '["value", null, {"half": 0.5}]').ttlSeconds(5000000028).ifRevision(5000000028).ifAbsent(true).user(true).call();
  const answer = result.answer;
  return told(answer ? writeStorageSetAnswer(answer) : null, result.problem);
}

function writeStorageDeleteAnswer(answer: sdk.StorageDeleteAnswer): string {
  return new sdk.JsonObject()
    .boolean("deleted", answer.deleted)
    .toString();
}

export function storage_delete_example(): i32 {
  const result = new sdk.StorageDelete("best-score").call();
  const answer = result.answer;
  return told(answer ? writeStorageDeleteAnswer(answer) : null, result.problem);
}

export function storage_delete_full(): i32 {
  const result = new sdk.StorageDelete("key \"é\\\n🐸").ifRevision(5000000028).user(true).call();
  const answer = result.answer;
  return told(answer ? writeStorageDeleteAnswer(answer) : null, result.problem);
}

function writeStorageListAnswer(answer: sdk.StorageListAnswer): string {
  return new sdk.JsonObject()
    .json("keys", sdk.texts(answer.keys))
    .json("cursor", textOrNull(answer.cursor))
    .toString();
}

export function storage_list_example(): i32 {
  const result = new sdk.StorageList().prefix("best-").call();
  const answer = result.answer;
  return told(answer ? writeStorageListAnswer(answer) : null, result.problem);
}

export function storage_list_full(): i32 {
  const result = new sdk.StorageList().prefix("prefix \"é\\\n🐸").cursor("cursor \"é\\\n🐸").limit(5000000022).user(true).call();
  const answer = result.answer;
  return told(answer ? writeStorageListAnswer(answer) : null, result.problem);
}

function writeAiGenerateTextAnswer(answer: sdk.AiGenerateTextAnswer): string {
  return new sdk.JsonObject()
    .text("text", answer.text)
    .text("finish", answer.finish)
    .integer("tokens", answer.tokens)
    .toString();
}

export function ai_generate_text_example(): i32 {
  const result = new sdk.AiGenerateText([new sdk.Message("user", "Greet a learner of sign language.")]).maxTokens(60).call();
  const answer = result.answer;
  return told(answer ? writeAiGenerateTextAnswer(answer) : null, result.problem);
}

export function ai_generate_text_full(): i32 {
  const result = new sdk.AiGenerateText([new sdk.Message("role \"é\\\n🐸", "content \"é\\\n🐸"), new sdk.Message("role \"é\\\n🐸", "content \"é\\\n🐸")]).maxTokens(5000000027).temperature(-11.375).call();
  const answer = result.answer;
  return told(answer ? writeAiGenerateTextAnswer(answer) : null, result.problem);
}

function writeAiAnalyzeGestureAnswer(answer: sdk.AiAnalyzeGestureAnswer): string {
  return new sdk.JsonObject()
    .text("gesture", answer.gesture)
    .number("confidence", answer.confidence)
    .json("alternatives", sdk.array(answer.alternatives.map<string>((each: sdk.Gesture): string => writeGesture(each))))
    .toString();
}

export function ai_analyze_gesture_example(): i32 {
  const result = new sdk.AiAnalyzeGesture(new Array<f64[]>(21).fill([0.5, 0.5, 0])).handedness("right").call();
  const answer = result.answer;
  return told(answer ? writeAiAnalyzeGestureAnswer(answer) : null, result.problem);
}

export function ai_analyze_gesture_full(): i32 {
  const result = new sdk.AiAnalyzeGesture([[-13.375, -13.375], [-13.375, -13.375]]).handedness("handedness \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeAiAnalyzeGestureAnswer(answer) : null, result.problem);
}

function writeAiProcessVideoFrameAnswer(answer: sdk.AiProcessVideoFrameAnswer): string {
  return new sdk.JsonObject()
    .json("hands", sdk.array(answer.hands.map<string>((each: sdk.Hand): string => writeHand(each))))
    .toString();
}

export function ai_process_video_frame_example(): i32 {
  const result = new sdk.AiProcessVideoFrame("aGk=", "png").call();
  const answer = result.answer;
  return told(answer ? writeAiProcessVideoFrameAnswer(answer) : null, result.problem);
}

export function ai_process_video_frame_full(): i32 {
  const result = new sdk.AiProcessVideoFrame("image \"é\\\n🐸", "format \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeAiProcessVideoFrameAnswer(answer) : null, result.problem);
}

function writeHookEmitAnswer(answer: sdk.HookEmitAnswer): string {
  return new sdk.JsonObject()
    .text("event_id", answer.eventId)
    .toString();
}

export function hook_emit_example(): i32 {
  const result = new sdk.HookEmit("plugin.notes.saved").result('{"points": 91}').call();
  const answer = result.answer;
  return told(answer ? writeHookEmitAnswer(answer) : null, result.problem);
}

export function hook_emit_full(): i32 {
  const result = new sdk.HookEmit("hook_name \"é\\\n🐸").type("type \"é\\\n🐸").target("target \"é\\\n🐸").args(['["args 1", null, {"half": 0.5}]', '["args 2", null, {"half": 0.5}]']).kwargs('{"kwargs": -7, "deep": [null, "é\\"\\\\"]}').result('["result", null, {"half": 0.5}]').requestData('["request_data", null, {"half": 0.5}]').orderingKey("ordering_key \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeHookEmitAnswer(answer) : null, result.problem);
}

function writeUserGetAnswer(answer: sdk.UserGetAnswer): string {
  return new sdk.JsonObject()
    .text("user_id", answer.userId)
    .json("profile", answer.profile)
    .json("preferences", answer.preferences)
    .integer("revision", answer.revision)
    .toString();
}

export function user_get_example(): i32 {
  const result = new sdk.UserGet().call();
  const answer = result.answer;
  return told(answer ? writeUserGetAnswer(answer) : null, result.problem);
}

export function user_get_full(): i32 {
  const result = new sdk.UserGet().userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeUserGetAnswer(answer) : null, result.problem);
}

function writeUserProgressAnswer(answer: sdk.UserProgressAnswer): string {
  return new sdk.JsonObject()
    .text("user_id", answer.userId)
    .json("progress", answer.progress)
    .integer("revision", answer.revision)
    .toString();
}

export function user_progress_example(): i32 {
  const result = new sdk.UserProgress().call();
  const answer = result.answer;
  return told(answer ? writeUserProgressAnswer(answer) : null, result.problem);
}

export function user_progress_full(): i32 {
  const result = new sdk.UserProgress().userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeUserProgressAnswer(answer) : null, result.problem);
}

function writeUserUpdatePreferencesAnswer(answer: sdk.UserUpdatePreferencesAnswer): string {
  return new sdk.JsonObject()
    .json("preferences", answer.preferences)
    .integer("revision", answer.revision)
    .toString();
}

export function user_update_preferences_example(): i32 {
  const result = new sdk.UserUpdatePreferences('{"difficulty": "medium"}').call();
  const answer = result.answer;
  return told(answer ? writeUserUpdatePreferencesAnswer(answer) : null, result.problem);
}

export function user_update_preferences_full(): i32 {
  const result = new sdk.UserUpdatePreferences('{"preferences": -7, "deep": [null, "é\\"\\\\"]}').ifRevision(5000000028).userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeUserUpdatePreferencesAnswer(answer) : null, result.problem);
}

function writeContentListAnswer(answer: sdk.ContentListAnswer): string {
  return new sdk.JsonObject()
    .json("items", sdk.array(answer.items.map<string>((each: sdk.ContentItem): string => writeContentItem(each))))
    .json("cursor", textOrNull(answer.cursor))
    .toString();
}

export function content_list_example(): i32 {
  const result = new sdk.ContentList().kind("story").call();
  const answer = result.answer;
  return told(answer ? writeContentListAnswer(answer) : null, result.problem);
}

export function content_list_full(): i32 {
  const result = new sdk.ContentList().id("id \"é\\\n🐸").kind("kind \"é\\\n🐸").cursor("cursor \"é\\\n🐸").limit(5000000022).userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeContentListAnswer(answer) : null, result.problem);
}

function writeContentSearchAnswer(answer: sdk.ContentSearchAnswer): string {
  return new sdk.JsonObject()
    .json("items", sdk.array(answer.items.map<string>((each: sdk.ContentItem): string => writeContentItem(each))))
    .json("cursor", textOrNull(answer.cursor))
    .toString();
}

export function content_search_example(): i32 {
  const result = new sdk.ContentSearch("frog -toad").call();
  const answer = result.answer;
  return told(answer ? writeContentSearchAnswer(answer) : null, result.problem);
}

export function content_search_full(): i32 {
  const result = new sdk.ContentSearch("query \"é\\\n🐸").kind("kind \"é\\\n🐸").language("language \"é\\\n🐸").cursor("cursor \"é\\\n🐸").limit(5000000022).userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeContentSearchAnswer(answer) : null, result.problem);
}

function writeContentCreateAnswer(answer: sdk.ContentCreateAnswer): string {
  return new sdk.JsonObject()
    .text("id", answer.id)
    .integer("revision", answer.revision)
    .toString();
}

export function content_create_example(): i32 {
  const result = new sdk.ContentCreate("story", "The frog", "Once a frog jumped over a log.").language("en").call();
  const answer = result.answer;
  return told(answer ? writeContentCreateAnswer(answer) : null, result.problem);
}

export function content_create_full(): i32 {
  const result = new sdk.ContentCreate("kind \"é\\\n🐸", "title \"é\\\n🐸", "text \"é\\\n🐸").language("language \"é\\\n🐸").userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeContentCreateAnswer(answer) : null, result.problem);
}

function writeAnalyticsLogEventAnswer(answer: sdk.AnalyticsLogEventAnswer): string {
  return new sdk.JsonObject()
    .boolean("logged", answer.logged)
    .toString();
}

export function analytics_log_event_example(): i32 {
  const result = new sdk.AnalyticsLogEvent("practice.done").properties('{"score": 91}').call();
  const answer = result.answer;
  return told(answer ? writeAnalyticsLogEventAnswer(answer) : null, result.problem);
}

export function analytics_log_event_full(): i32 {
  const result = new sdk.AnalyticsLogEvent("name \"é\\\n🐸").properties('{"properties": -7, "deep": [null, "é\\"\\\\"]}').call();
  const answer = result.answer;
  return told(answer ? writeAnalyticsLogEventAnswer(answer) : null, result.problem);
}

function writeAnalyticsUserAnswer(answer: sdk.AnalyticsUserAnswer): string {
  return new sdk.JsonObject()
    .json("events", sdk.array(answer.events.map<string>((each: sdk.LoggedEvent): string => writeLoggedEvent(each))))
    .json("cursor", textOrNull(answer.cursor))
    .toString();
}

export function analytics_user_example(): i32 {
  const result = new sdk.AnalyticsUser().name("practice.done").call();
  const answer = result.answer;
  return told(answer ? writeAnalyticsUserAnswer(answer) : null, result.problem);
}

export function analytics_user_full(): i32 {
  const result = new sdk.AnalyticsUser().name("name \"é\\\n🐸").cursor("cursor \"é\\\n🐸").limit(5000000022).userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeAnalyticsUserAnswer(answer) : null, result.problem);
}

function writeNotifySendAnswer(answer: sdk.NotifySendAnswer): string {
  return new sdk.JsonObject()
    .text("id", answer.id)
    .toString();
}

export function notify_send_example(): i32 {
  const result = new sdk.NotifySend("Five days in a row").link("/progress").level("success").call();
  const answer = result.answer;
  return told(answer ? writeNotifySendAnswer(answer) : null, result.problem);
}

export function notify_send_full(): i32 {
  const result = new sdk.NotifySend("title \"é\\\n🐸").body("body \"é\\\n🐸").link("link \"é\\\n🐸").level("level \"é\\\n🐸").userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeNotifySendAnswer(answer) : null, result.problem);
}

function writeNotifyToastAnswer(answer: sdk.NotifyToastAnswer): string {
  return new sdk.JsonObject()
    .boolean("accepted", answer.accepted)
    .toString();
}

export function notify_toast_example(): i32 {
  const result = new sdk.NotifyToast("Well signed!").call();
  const answer = result.answer;
  return told(answer ? writeNotifyToastAnswer(answer) : null, result.problem);
}

export function notify_toast_full(): i32 {
  const result = new sdk.NotifyToast("text \"é\\\n🐸").level("level \"é\\\n🐸").userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeNotifyToastAnswer(answer) : null, result.problem);
}

function writeLiveSendAnswer(answer: sdk.LiveSendAnswer): string {
  return new sdk.JsonObject()
    .text("message_id", answer.messageId)
    .toString();
}

export function live_send_example(): i32 {
  const result = new sdk.LiveSend('{"text": "Your turn"}').call();
  const answer = result.answer;
  return told(answer ? writeLiveSendAnswer(answer) : null, result.problem);
}

export function live_send_full(): i32 {
  const result = new sdk.LiveSend('["payload", null, {"half": 0.5}]').channel("channel \"é\\\n🐸").userId("user_id \"é\\\n🐸").call();
  const answer = result.answer;
  return told(answer ? writeLiveSendAnswer(answer) : null, result.problem);
}

function writeLiveBroadcastAnswer(answer: sdk.LiveBroadcastAnswer): string {
  return new sdk.JsonObject()
    .text("message_id", answer.messageId)
    .toString();
}

export function live_broadcast_example(): i32 {
  const result = new sdk.LiveBroadcast("room.7", '{"joined": "ada"}').call();
  const answer = result.answer;
  return told(answer ? writeLiveBroadcastAnswer(answer) : null, result.problem);
}

export function live_broadcast_full(): i32 {
  const result = new sdk.LiveBroadcast("channel \"é\\\n🐸", '["payload", null, {"half": 0.5}]').call();
  const answer = result.answer;
  return told(answer ? writeLiveBroadcastAnswer(answer) : null, result.problem);
}
