/* A call of every function: with the example of the reference page, and with everything that its input can have.
   Made from src/main/resources/platform/host-functions.json; a test keeps it so. */
#include "storysign.h"

/** What the platform answered, as the SDK has read it. */
static int32_t told(ss_problem problem, json answer) {
    ss_writer output = json_object();
    if (ss_failed(problem)) {
        ss_writer error = json_object();
        json_put_text(&error, "code", problem.code);
        json_put_text(&error, "message", problem.message);
        json_put(&output, "error", json_closed(&error));
    } else {
        json_put(&output, "ok", answer);
    }
    return ss_output(json_raw(json_closed(&output)));
}

static void put_text_or_null(ss_writer *object, const char *name, ss_text text) {
    if (text.bytes == 0) {
        json_put(object, name, SS_JSON(null));
    } else {
        json_put_text(object, name, text);
    }
}

static json write_texts(ss_text_list list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) json_push_text(&array, list.at[at]);
    return json_ended(&array);
}

static json write_ss_gesture_list(ss_gesture_list list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) {
        ss_writer object = json_object();
        json_put_text(&object, "gesture", list.at[at].gesture);
        json_put_number(&object, "confidence", list.at[at].confidence);
        json_push(&array, json_closed(&object));
    }
    return json_ended(&array);
}

static json write_ss_hand_list(ss_hand_list list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) {
        ss_writer object = json_object();
        json_put_text(&object, "handedness", list.at[at].handedness);
        json_put(&object, "landmarks", ss_write_number_lists(list.at[at].landmarks));
        json_push(&array, json_closed(&object));
    }
    return json_ended(&array);
}

static json write_ss_content_item_list(ss_content_item_list list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) {
        ss_writer object = json_object();
        json_put_text(&object, "id", list.at[at].id);
        json_put_text(&object, "kind", list.at[at].kind);
        json_put_text(&object, "language", list.at[at].language);
        json_put_text(&object, "title", list.at[at].title);
        put_text_or_null(&object, "excerpt", list.at[at].excerpt);
        put_text_or_null(&object, "text", list.at[at].text);
        put_text_or_null(&object, "user_id", list.at[at].user_id);
        put_text_or_null(&object, "plugin_id", list.at[at].plugin_id);
        json_put_integer(&object, "revision", list.at[at].revision);
        json_put_text(&object, "created_at", list.at[at].created_at);
        json_push(&array, json_closed(&object));
    }
    return json_ended(&array);
}

static json write_ss_logged_event_list(ss_logged_event_list list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) {
        ss_writer object = json_object();
        json_put_text(&object, "name", list.at[at].name);
        json_put(&object, "properties", list.at[at].properties);
        json_put_text(&object, "at", list.at[at].at);
        json_push(&array, json_closed(&object));
    }
    return json_ended(&array);
}

static int32_t storage_get_told(ss_storage_get_answer answer) {
    if (!ss_failed(answer.problem) && !answer.is_found) return told(answer.problem, SS_JSON(null));
    ss_writer object = json_object();
    json_put(&object, "value", answer.value);
    json_put_integer(&object, "revision", answer.revision);
    put_text_or_null(&object, "expires_at", answer.expires_at);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("storage_get_example") storage_get_example(void) {
    return storage_get_told(ss_storage_get((ss_storage_get_input) {.key = SS_TEXT("best-score")}));
}

EXTISM_EXPORT("storage_get_full") storage_get_full(void) {
    return storage_get_told(ss_storage_get((ss_storage_get_input) {.key = SS_TEXT("key \"é\\\n🐸"), .user = true}));
}

static int32_t storage_set_told(ss_storage_set_answer answer) {
    ss_writer object = json_object();
    json_put_integer(&object, "revision", answer.revision);
    json_put_boolean(&object, "created", answer.created);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("storage_set_example") storage_set_example(void) {
    return storage_set_told(ss_storage_set((ss_storage_set_input) {.key = SS_TEXT("best-score"), .value = SS_JSON({"points": 91})}));
}

EXTISM_EXPORT("storage_set_full") storage_set_full(void) {
    return storage_set_told(ss_storage_set((ss_storage_set_input) {
        .key = SS_TEXT("key \"é\\\n🐸"),
        .value = SS_JSON(["value", null, {"half": 0.5}]),
        .ttl_seconds = SS_INTEGER(5000000028),
        .if_revision = SS_INTEGER(5000000028),
        .if_absent = true,
        .user = true,
    }));
}

static int32_t storage_delete_told(ss_storage_delete_answer answer) {
    ss_writer object = json_object();
    json_put_boolean(&object, "deleted", answer.deleted);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("storage_delete_example") storage_delete_example(void) {
    return storage_delete_told(ss_storage_delete((ss_storage_delete_input) {.key = SS_TEXT("best-score")}));
}

EXTISM_EXPORT("storage_delete_full") storage_delete_full(void) {
    return storage_delete_told(ss_storage_delete((ss_storage_delete_input) {
        .key = SS_TEXT("key \"é\\\n🐸"),
        .if_revision = SS_INTEGER(5000000028),
        .user = true,
    }));
}

static int32_t storage_list_told(ss_storage_list_answer answer) {
    ss_writer object = json_object();
    json_put(&object, "keys", write_texts(answer.keys));
    put_text_or_null(&object, "cursor", answer.cursor);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("storage_list_example") storage_list_example(void) {
    return storage_list_told(ss_storage_list((ss_storage_list_input) {.prefix = SS_TEXT("best-")}));
}

EXTISM_EXPORT("storage_list_full") storage_list_full(void) {
    return storage_list_told(ss_storage_list((ss_storage_list_input) {
        .prefix = SS_TEXT("prefix \"é\\\n🐸"),
        .cursor = SS_TEXT("cursor \"é\\\n🐸"),
        .limit = SS_INTEGER(5000000022),
        .user = true,
    }));
}

static int32_t ai_generate_text_told(ss_ai_generate_text_answer answer) {
    ss_writer object = json_object();
    json_put_text(&object, "text", answer.text);
    json_put_text(&object, "finish", answer.finish);
    json_put_integer(&object, "tokens", answer.tokens);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("ai_generate_text_example") ai_generate_text_example(void) {
    return ai_generate_text_told(ss_ai_generate_text((ss_ai_generate_text_input) {
        .messages = {(ss_message[]) {{.role = SS_TEXT("user"), .content = SS_TEXT("Greet a learner of sign language.")}}, 1},
        .max_tokens = SS_INTEGER(60),
    }));
}

EXTISM_EXPORT("ai_generate_text_full") ai_generate_text_full(void) {
    return ai_generate_text_told(ss_ai_generate_text((ss_ai_generate_text_input) {
        .messages = {(ss_message[]) {{.role = SS_TEXT("role \"é\\\n🐸"), .content = SS_TEXT("content \"é\\\n🐸")}, {.role = SS_TEXT("role \"é\\\n🐸"), .content = SS_TEXT("content \"é\\\n🐸")}}, 2},
        .max_tokens = SS_INTEGER(5000000027),
        .temperature = SS_NUMBER(-11.375),
    }));
}

static int32_t ai_analyze_gesture_told(ss_ai_analyze_gesture_answer answer) {
    ss_writer object = json_object();
    json_put_text(&object, "gesture", answer.gesture);
    json_put_number(&object, "confidence", answer.confidence);
    json_put(&object, "alternatives", write_ss_gesture_list(answer.alternatives));
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("ai_analyze_gesture_example") ai_analyze_gesture_example(void) {
    return ai_analyze_gesture_told(ss_ai_analyze_gesture((ss_ai_analyze_gesture_input) {
        .landmarks = {(ss_number_list[]) {[0 ... 20] = {(double[]) {0.5, 0.5, 0}, 3}}, 21},
        .handedness = SS_TEXT("right"),
    }));
}

EXTISM_EXPORT("ai_analyze_gesture_full") ai_analyze_gesture_full(void) {
    return ai_analyze_gesture_told(ss_ai_analyze_gesture((ss_ai_analyze_gesture_input) {
        .landmarks = {(ss_number_list[]) {{(double[]) {-13.375, -13.375}, 2}, {(double[]) {-13.375, -13.375}, 2}}, 2},
        .handedness = SS_TEXT("handedness \"é\\\n🐸"),
    }));
}

static int32_t ai_process_video_frame_told(ss_ai_process_video_frame_answer answer) {
    ss_writer object = json_object();
    json_put(&object, "hands", write_ss_hand_list(answer.hands));
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("ai_process_video_frame_example") ai_process_video_frame_example(void) {
    return ai_process_video_frame_told(ss_ai_process_video_frame((ss_ai_process_video_frame_input) {
        .image = SS_TEXT("aGk="),
        .format = SS_TEXT("png"),
    }));
}

EXTISM_EXPORT("ai_process_video_frame_full") ai_process_video_frame_full(void) {
    return ai_process_video_frame_told(ss_ai_process_video_frame((ss_ai_process_video_frame_input) {
        .image = SS_TEXT("image \"é\\\n🐸"),
        .format = SS_TEXT("format \"é\\\n🐸"),
    }));
}

static int32_t hook_emit_told(ss_hook_emit_answer answer) {
    ss_writer object = json_object();
    json_put_text(&object, "event_id", answer.event_id);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("hook_emit_example") hook_emit_example(void) {
    return hook_emit_told(ss_hook_emit((ss_hook_emit_input) {
        .hook_name = SS_TEXT("plugin.notes.saved"),
        .result = SS_JSON({"points": 91}),
    }));
}

EXTISM_EXPORT("hook_emit_full") hook_emit_full(void) {
    return hook_emit_told(ss_hook_emit((ss_hook_emit_input) {
        .hook_name = SS_TEXT("hook_name \"é\\\n🐸"),
        .type = SS_TEXT("type \"é\\\n🐸"),
        .target = SS_TEXT("target \"é\\\n🐸"),
        .args = {(json[]) {SS_JSON(["args 1", null, {"half": 0.5}]), SS_JSON(["args 2", null, {"half": 0.5}])}, 2},
        .kwargs = SS_JSON({"kwargs": -7, "deep": [null, "é\"\\"]}),
        .result = SS_JSON(["result", null, {"half": 0.5}]),
        .request_data = SS_JSON(["request_data", null, {"half": 0.5}]),
        .ordering_key = SS_TEXT("ordering_key \"é\\\n🐸"),
    }));
}

static int32_t user_get_told(ss_user_get_answer answer) {
    if (!ss_failed(answer.problem) && !answer.is_found) return told(answer.problem, SS_JSON(null));
    ss_writer object = json_object();
    json_put_text(&object, "user_id", answer.user_id);
    json_put(&object, "profile", answer.profile);
    json_put(&object, "preferences", answer.preferences);
    json_put_integer(&object, "revision", answer.revision);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("user_get_example") user_get_example(void) {
    return user_get_told(ss_user_get((ss_user_get_input) {}));
}

EXTISM_EXPORT("user_get_full") user_get_full(void) {
    return user_get_told(ss_user_get((ss_user_get_input) {.user_id = SS_TEXT("user_id \"é\\\n🐸")}));
}

static int32_t user_progress_told(ss_user_progress_answer answer) {
    if (!ss_failed(answer.problem) && !answer.is_found) return told(answer.problem, SS_JSON(null));
    ss_writer object = json_object();
    json_put_text(&object, "user_id", answer.user_id);
    json_put(&object, "progress", answer.progress);
    json_put_integer(&object, "revision", answer.revision);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("user_progress_example") user_progress_example(void) {
    return user_progress_told(ss_user_progress((ss_user_progress_input) {}));
}

EXTISM_EXPORT("user_progress_full") user_progress_full(void) {
    return user_progress_told(ss_user_progress((ss_user_progress_input) {.user_id = SS_TEXT("user_id \"é\\\n🐸")}));
}

static int32_t user_update_preferences_told(ss_user_update_preferences_answer answer) {
    ss_writer object = json_object();
    json_put(&object, "preferences", answer.preferences);
    json_put_integer(&object, "revision", answer.revision);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("user_update_preferences_example") user_update_preferences_example(void) {
    return user_update_preferences_told(ss_user_update_preferences((ss_user_update_preferences_input) {
        .preferences = SS_JSON({"difficulty": "medium"}),
    }));
}

EXTISM_EXPORT("user_update_preferences_full") user_update_preferences_full(void) {
    return user_update_preferences_told(ss_user_update_preferences((ss_user_update_preferences_input) {
        .preferences = SS_JSON({"preferences": -7, "deep": [null, "é\"\\"]}),
        .if_revision = SS_INTEGER(5000000028),
        .user_id = SS_TEXT("user_id \"é\\\n🐸"),
    }));
}

static int32_t content_list_told(ss_content_list_answer answer) {
    ss_writer object = json_object();
    json_put(&object, "items", write_ss_content_item_list(answer.items));
    put_text_or_null(&object, "cursor", answer.cursor);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("content_list_example") content_list_example(void) {
    return content_list_told(ss_content_list((ss_content_list_input) {.kind = SS_TEXT("story")}));
}

EXTISM_EXPORT("content_list_full") content_list_full(void) {
    return content_list_told(ss_content_list((ss_content_list_input) {
        .id = SS_TEXT("id \"é\\\n🐸"),
        .kind = SS_TEXT("kind \"é\\\n🐸"),
        .cursor = SS_TEXT("cursor \"é\\\n🐸"),
        .limit = SS_INTEGER(5000000022),
        .user_id = SS_TEXT("user_id \"é\\\n🐸"),
    }));
}

static int32_t content_search_told(ss_content_search_answer answer) {
    ss_writer object = json_object();
    json_put(&object, "items", write_ss_content_item_list(answer.items));
    put_text_or_null(&object, "cursor", answer.cursor);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("content_search_example") content_search_example(void) {
    return content_search_told(ss_content_search((ss_content_search_input) {.query = SS_TEXT("frog -toad")}));
}

EXTISM_EXPORT("content_search_full") content_search_full(void) {
    return content_search_told(ss_content_search((ss_content_search_input) {
        .query = SS_TEXT("query \"é\\\n🐸"),
        .kind = SS_TEXT("kind \"é\\\n🐸"),
        .language = SS_TEXT("language \"é\\\n🐸"),
        .cursor = SS_TEXT("cursor \"é\\\n🐸"),
        .limit = SS_INTEGER(5000000022),
        .user_id = SS_TEXT("user_id \"é\\\n🐸"),
    }));
}

static int32_t content_create_told(ss_content_create_answer answer) {
    ss_writer object = json_object();
    json_put_text(&object, "id", answer.id);
    json_put_integer(&object, "revision", answer.revision);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("content_create_example") content_create_example(void) {
    return content_create_told(ss_content_create((ss_content_create_input) {
        .kind = SS_TEXT("story"),
        .title = SS_TEXT("The frog"),
        .text = SS_TEXT("Once a frog jumped over a log."),
        .language = SS_TEXT("en"),
    }));
}

EXTISM_EXPORT("content_create_full") content_create_full(void) {
    return content_create_told(ss_content_create((ss_content_create_input) {
        .kind = SS_TEXT("kind \"é\\\n🐸"),
        .title = SS_TEXT("title \"é\\\n🐸"),
        .text = SS_TEXT("text \"é\\\n🐸"),
        .language = SS_TEXT("language \"é\\\n🐸"),
        .user_id = SS_TEXT("user_id \"é\\\n🐸"),
    }));
}

static int32_t analytics_log_event_told(ss_analytics_log_event_answer answer) {
    ss_writer object = json_object();
    json_put_boolean(&object, "logged", answer.logged);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("analytics_log_event_example") analytics_log_event_example(void) {
    return analytics_log_event_told(ss_analytics_log_event((ss_analytics_log_event_input) {
        .name = SS_TEXT("practice.done"),
        .properties = SS_JSON({"score": 91}),
    }));
}

EXTISM_EXPORT("analytics_log_event_full") analytics_log_event_full(void) {
    return analytics_log_event_told(ss_analytics_log_event((ss_analytics_log_event_input) {
        .name = SS_TEXT("name \"é\\\n🐸"),
        .properties = SS_JSON({"properties": -7, "deep": [null, "é\"\\"]}),
    }));
}

static int32_t analytics_user_told(ss_analytics_user_answer answer) {
    ss_writer object = json_object();
    json_put(&object, "events", write_ss_logged_event_list(answer.events));
    put_text_or_null(&object, "cursor", answer.cursor);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("analytics_user_example") analytics_user_example(void) {
    return analytics_user_told(ss_analytics_user((ss_analytics_user_input) {.name = SS_TEXT("practice.done")}));
}

EXTISM_EXPORT("analytics_user_full") analytics_user_full(void) {
    return analytics_user_told(ss_analytics_user((ss_analytics_user_input) {
        .name = SS_TEXT("name \"é\\\n🐸"),
        .cursor = SS_TEXT("cursor \"é\\\n🐸"),
        .limit = SS_INTEGER(5000000022),
        .user_id = SS_TEXT("user_id \"é\\\n🐸"),
    }));
}

static int32_t notify_send_told(ss_notify_send_answer answer) {
    ss_writer object = json_object();
    json_put_text(&object, "id", answer.id);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("notify_send_example") notify_send_example(void) {
    return notify_send_told(ss_notify_send((ss_notify_send_input) {
        .title = SS_TEXT("Five days in a row"),
        .link = SS_TEXT("/progress"),
        .level = SS_TEXT("success"),
    }));
}

EXTISM_EXPORT("notify_send_full") notify_send_full(void) {
    return notify_send_told(ss_notify_send((ss_notify_send_input) {
        .title = SS_TEXT("title \"é\\\n🐸"),
        .body = SS_TEXT("body \"é\\\n🐸"),
        .link = SS_TEXT("link \"é\\\n🐸"),
        .level = SS_TEXT("level \"é\\\n🐸"),
        .user_id = SS_TEXT("user_id \"é\\\n🐸"),
    }));
}

static int32_t notify_toast_told(ss_notify_toast_answer answer) {
    ss_writer object = json_object();
    json_put_boolean(&object, "accepted", answer.accepted);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("notify_toast_example") notify_toast_example(void) {
    return notify_toast_told(ss_notify_toast((ss_notify_toast_input) {.text = SS_TEXT("Well signed!")}));
}

EXTISM_EXPORT("notify_toast_full") notify_toast_full(void) {
    return notify_toast_told(ss_notify_toast((ss_notify_toast_input) {
        .text = SS_TEXT("text \"é\\\n🐸"),
        .level = SS_TEXT("level \"é\\\n🐸"),
        .user_id = SS_TEXT("user_id \"é\\\n🐸"),
    }));
}

static int32_t live_send_told(ss_live_send_answer answer) {
    ss_writer object = json_object();
    json_put_text(&object, "message_id", answer.message_id);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("live_send_example") live_send_example(void) {
    return live_send_told(ss_live_send((ss_live_send_input) {.payload = SS_JSON({"text": "Your turn"})}));
}

EXTISM_EXPORT("live_send_full") live_send_full(void) {
    return live_send_told(ss_live_send((ss_live_send_input) {
        .payload = SS_JSON(["payload", null, {"half": 0.5}]),
        .channel = SS_TEXT("channel \"é\\\n🐸"),
        .user_id = SS_TEXT("user_id \"é\\\n🐸"),
    }));
}

static int32_t live_broadcast_told(ss_live_broadcast_answer answer) {
    ss_writer object = json_object();
    json_put_text(&object, "message_id", answer.message_id);
    return told(answer.problem, json_closed(&object));
}

EXTISM_EXPORT("live_broadcast_example") live_broadcast_example(void) {
    return live_broadcast_told(ss_live_broadcast((ss_live_broadcast_input) {
        .channel = SS_TEXT("room.7"),
        .payload = SS_JSON({"joined": "ada"}),
    }));
}

EXTISM_EXPORT("live_broadcast_full") live_broadcast_full(void) {
    return live_broadcast_told(ss_live_broadcast((ss_live_broadcast_input) {
        .channel = SS_TEXT("channel \"é\\\n🐸"),
        .payload = SS_JSON(["payload", null, {"half": 0.5}]),
    }));
}
