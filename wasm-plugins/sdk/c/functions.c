/* The functions of the platform. Made from src/main/resources/platform/host-functions.json; a test keeps it so. */
#include "functions.h"

static json write_ss_message_list(ss_message_list list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) {
        ss_writer object = json_object();
        json_put_text(&object, "role", list.at[at].role);
        json_put_text(&object, "content", list.at[at].content);
        json_push(&array, json_closed(&object));
    }
    return json_ended(&array);
}

static ss_gesture_list read_ss_gesture_list(json array) {
    ss_gesture *items = ss_take(json_count(array) * sizeof *items);
    uint32_t count = 0;
    for (json each = {0, 0}; json_next(array, &each);) {
        items[count++] = (ss_gesture) {
            .gesture = json_text(json_member(each, "gesture")),
            .confidence = json_number(json_member(each, "confidence")),
        };
    }
    return (ss_gesture_list) {items, count};
}

static ss_hand_list read_ss_hand_list(json array) {
    ss_hand *items = ss_take(json_count(array) * sizeof *items);
    uint32_t count = 0;
    for (json each = {0, 0}; json_next(array, &each);) {
        items[count++] = (ss_hand) {
            .handedness = json_text(json_member(each, "handedness")),
            .landmarks = ss_read_number_lists(json_member(each, "landmarks")),
        };
    }
    return (ss_hand_list) {items, count};
}

static ss_content_item_list read_ss_content_item_list(json array) {
    ss_content_item *items = ss_take(json_count(array) * sizeof *items);
    uint32_t count = 0;
    for (json each = {0, 0}; json_next(array, &each);) {
        items[count++] = (ss_content_item) {
            .id = json_text(json_member(each, "id")),
            .kind = json_text(json_member(each, "kind")),
            .language = json_text(json_member(each, "language")),
            .title = json_text(json_member(each, "title")),
            .excerpt = json_text(json_member(each, "excerpt")),
            .text = json_text(json_member(each, "text")),
            .user_id = json_text(json_member(each, "user_id")),
            .plugin_id = json_text(json_member(each, "plugin_id")),
            .revision = json_integer(json_member(each, "revision")),
            .created_at = json_text(json_member(each, "created_at")),
        };
    }
    return (ss_content_item_list) {items, count};
}

static ss_logged_event_list read_ss_logged_event_list(json array) {
    ss_logged_event *items = ss_take(json_count(array) * sizeof *items);
    uint32_t count = 0;
    for (json each = {0, 0}; json_next(array, &each);) {
        items[count++] = (ss_logged_event) {
            .name = json_text(json_member(each, "name")),
            .properties = json_member(each, "properties"),
            .at = json_text(json_member(each, "at")),
        };
    }
    return (ss_logged_event_list) {items, count};
}

EXTISM_USER("storage_get") extism_handle import_storage_get(extism_handle input);

ss_storage_get_answer ss_storage_get(ss_storage_get_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "key", input.key);
    if (input.user) json_put_boolean(&object, "user", input.user);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_storage_get(given), true);
    return (ss_storage_get_answer) {
        .problem = answer.problem,
        .is_found = json_is_object(answer.ok),
        .value = json_member(answer.ok, "value"),
        .revision = json_integer(json_member(answer.ok, "revision")),
        .expires_at = json_text(json_member(answer.ok, "expires_at")),
    };
}

EXTISM_USER("storage_set") extism_handle import_storage_set(extism_handle input);

ss_storage_set_answer ss_storage_set(ss_storage_set_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "key", input.key);
    json_put(&object, "value", input.value);
    if (input.ttl_seconds.is_given) json_put_integer(&object, "ttl_seconds", input.ttl_seconds.value);
    if (input.if_revision.is_given) json_put_integer(&object, "if_revision", input.if_revision.value);
    if (input.if_absent) json_put_boolean(&object, "if_absent", input.if_absent);
    if (input.user) json_put_boolean(&object, "user", input.user);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_storage_set(given), false);
    return (ss_storage_set_answer) {
        .problem = answer.problem,
        .revision = json_integer(json_member(answer.ok, "revision")),
        .created = json_boolean(json_member(answer.ok, "created")),
    };
}

EXTISM_USER("storage_delete") extism_handle import_storage_delete(extism_handle input);

ss_storage_delete_answer ss_storage_delete(ss_storage_delete_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "key", input.key);
    if (input.if_revision.is_given) json_put_integer(&object, "if_revision", input.if_revision.value);
    if (input.user) json_put_boolean(&object, "user", input.user);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_storage_delete(given), false);
    return (ss_storage_delete_answer) {
        .problem = answer.problem,
        .deleted = json_boolean(json_member(answer.ok, "deleted")),
    };
}

EXTISM_USER("storage_list") extism_handle import_storage_list(extism_handle input);

ss_storage_list_answer ss_storage_list(ss_storage_list_input input) {
    ss_writer object = json_object();
    if (input.prefix.bytes != 0) json_put_text(&object, "prefix", input.prefix);
    if (input.cursor.bytes != 0) json_put_text(&object, "cursor", input.cursor);
    if (input.limit.is_given) json_put_integer(&object, "limit", input.limit.value);
    if (input.user) json_put_boolean(&object, "user", input.user);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_storage_list(given), false);
    return (ss_storage_list_answer) {
        .problem = answer.problem,
        .keys = ss_read_texts(json_member(answer.ok, "keys")),
        .cursor = json_text(json_member(answer.ok, "cursor")),
    };
}

EXTISM_USER("ai_generate_text") extism_handle import_ai_generate_text(extism_handle input);

ss_ai_generate_text_answer ss_ai_generate_text(ss_ai_generate_text_input input) {
    ss_writer object = json_object();
    json_put(&object, "messages", write_ss_message_list(input.messages));
    if (input.max_tokens.is_given) json_put_integer(&object, "max_tokens", input.max_tokens.value);
    if (input.temperature.is_given) json_put_number(&object, "temperature", input.temperature.value);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_ai_generate_text(given), false);
    return (ss_ai_generate_text_answer) {
        .problem = answer.problem,
        .text = json_text(json_member(answer.ok, "text")),
        .finish = json_text(json_member(answer.ok, "finish")),
        .tokens = json_integer(json_member(answer.ok, "tokens")),
    };
}

EXTISM_USER("ai_analyze_gesture") extism_handle import_ai_analyze_gesture(extism_handle input);

ss_ai_analyze_gesture_answer ss_ai_analyze_gesture(ss_ai_analyze_gesture_input input) {
    ss_writer object = json_object();
    json_put(&object, "landmarks", ss_write_number_lists(input.landmarks));
    if (input.handedness.bytes != 0) json_put_text(&object, "handedness", input.handedness);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_ai_analyze_gesture(given), false);
    return (ss_ai_analyze_gesture_answer) {
        .problem = answer.problem,
        .gesture = json_text(json_member(answer.ok, "gesture")),
        .confidence = json_number(json_member(answer.ok, "confidence")),
        .alternatives = read_ss_gesture_list(json_member(answer.ok, "alternatives")),
    };
}

EXTISM_USER("ai_process_video_frame") extism_handle import_ai_process_video_frame(extism_handle input);

ss_ai_process_video_frame_answer ss_ai_process_video_frame(ss_ai_process_video_frame_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "image", input.image);
    json_put_text(&object, "format", input.format);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_ai_process_video_frame(given), false);
    return (ss_ai_process_video_frame_answer) {
        .problem = answer.problem,
        .hands = read_ss_hand_list(json_member(answer.ok, "hands")),
    };
}

EXTISM_USER("hook_emit") extism_handle import_hook_emit(extism_handle input);

ss_hook_emit_answer ss_hook_emit(ss_hook_emit_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "hook_name", input.hook_name);
    if (input.type.bytes != 0) json_put_text(&object, "type", input.type);
    if (input.target.bytes != 0) json_put_text(&object, "target", input.target);
    if (input.args.count > 0) json_put(&object, "args", ss_write_jsons(input.args));
    if (!json_is_nothing(input.kwargs)) json_put(&object, "kwargs", input.kwargs);
    if (!json_is_nothing(input.result)) json_put(&object, "result", input.result);
    if (!json_is_nothing(input.request_data)) json_put(&object, "request_data", input.request_data);
    if (input.ordering_key.bytes != 0) json_put_text(&object, "ordering_key", input.ordering_key);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_hook_emit(given), false);
    return (ss_hook_emit_answer) {
        .problem = answer.problem,
        .event_id = json_text(json_member(answer.ok, "event_id")),
    };
}

EXTISM_USER("user_get") extism_handle import_user_get(extism_handle input);

ss_user_get_answer ss_user_get(ss_user_get_input input) {
    ss_writer object = json_object();
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_user_get(given), true);
    return (ss_user_get_answer) {
        .problem = answer.problem,
        .is_found = json_is_object(answer.ok),
        .user_id = json_text(json_member(answer.ok, "user_id")),
        .profile = json_member(answer.ok, "profile"),
        .preferences = json_member(answer.ok, "preferences"),
        .revision = json_integer(json_member(answer.ok, "revision")),
    };
}

EXTISM_USER("user_progress") extism_handle import_user_progress(extism_handle input);

ss_user_progress_answer ss_user_progress(ss_user_progress_input input) {
    ss_writer object = json_object();
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_user_progress(given), true);
    return (ss_user_progress_answer) {
        .problem = answer.problem,
        .is_found = json_is_object(answer.ok),
        .user_id = json_text(json_member(answer.ok, "user_id")),
        .progress = json_member(answer.ok, "progress"),
        .revision = json_integer(json_member(answer.ok, "revision")),
    };
}

EXTISM_USER("user_update_preferences") extism_handle import_user_update_preferences(extism_handle input);

ss_user_update_preferences_answer ss_user_update_preferences(ss_user_update_preferences_input input) {
    ss_writer object = json_object();
    json_put(&object, "preferences", input.preferences);
    if (input.if_revision.is_given) json_put_integer(&object, "if_revision", input.if_revision.value);
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_user_update_preferences(given), false);
    return (ss_user_update_preferences_answer) {
        .problem = answer.problem,
        .preferences = json_member(answer.ok, "preferences"),
        .revision = json_integer(json_member(answer.ok, "revision")),
    };
}

EXTISM_USER("content_list") extism_handle import_content_list(extism_handle input);

ss_content_list_answer ss_content_list(ss_content_list_input input) {
    ss_writer object = json_object();
    if (input.id.bytes != 0) json_put_text(&object, "id", input.id);
    if (input.kind.bytes != 0) json_put_text(&object, "kind", input.kind);
    if (input.cursor.bytes != 0) json_put_text(&object, "cursor", input.cursor);
    if (input.limit.is_given) json_put_integer(&object, "limit", input.limit.value);
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_content_list(given), false);
    return (ss_content_list_answer) {
        .problem = answer.problem,
        .items = read_ss_content_item_list(json_member(answer.ok, "items")),
        .cursor = json_text(json_member(answer.ok, "cursor")),
    };
}

EXTISM_USER("content_search") extism_handle import_content_search(extism_handle input);

ss_content_search_answer ss_content_search(ss_content_search_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "query", input.query);
    if (input.kind.bytes != 0) json_put_text(&object, "kind", input.kind);
    if (input.language.bytes != 0) json_put_text(&object, "language", input.language);
    if (input.cursor.bytes != 0) json_put_text(&object, "cursor", input.cursor);
    if (input.limit.is_given) json_put_integer(&object, "limit", input.limit.value);
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_content_search(given), false);
    return (ss_content_search_answer) {
        .problem = answer.problem,
        .items = read_ss_content_item_list(json_member(answer.ok, "items")),
        .cursor = json_text(json_member(answer.ok, "cursor")),
    };
}

EXTISM_USER("content_create") extism_handle import_content_create(extism_handle input);

ss_content_create_answer ss_content_create(ss_content_create_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "kind", input.kind);
    json_put_text(&object, "title", input.title);
    json_put_text(&object, "text", input.text);
    if (input.language.bytes != 0) json_put_text(&object, "language", input.language);
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_content_create(given), false);
    return (ss_content_create_answer) {
        .problem = answer.problem,
        .id = json_text(json_member(answer.ok, "id")),
        .revision = json_integer(json_member(answer.ok, "revision")),
    };
}

EXTISM_USER("analytics_log_event") extism_handle import_analytics_log_event(extism_handle input);

ss_analytics_log_event_answer ss_analytics_log_event(ss_analytics_log_event_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "name", input.name);
    if (!json_is_nothing(input.properties)) json_put(&object, "properties", input.properties);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_analytics_log_event(given), false);
    return (ss_analytics_log_event_answer) {
        .problem = answer.problem,
        .logged = json_boolean(json_member(answer.ok, "logged")),
    };
}

EXTISM_USER("analytics_user") extism_handle import_analytics_user(extism_handle input);

ss_analytics_user_answer ss_analytics_user(ss_analytics_user_input input) {
    ss_writer object = json_object();
    if (input.name.bytes != 0) json_put_text(&object, "name", input.name);
    if (input.cursor.bytes != 0) json_put_text(&object, "cursor", input.cursor);
    if (input.limit.is_given) json_put_integer(&object, "limit", input.limit.value);
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_analytics_user(given), false);
    return (ss_analytics_user_answer) {
        .problem = answer.problem,
        .events = read_ss_logged_event_list(json_member(answer.ok, "events")),
        .cursor = json_text(json_member(answer.ok, "cursor")),
    };
}

EXTISM_USER("notify_send") extism_handle import_notify_send(extism_handle input);

ss_notify_send_answer ss_notify_send(ss_notify_send_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "title", input.title);
    if (input.body.bytes != 0) json_put_text(&object, "body", input.body);
    if (input.link.bytes != 0) json_put_text(&object, "link", input.link);
    if (input.level.bytes != 0) json_put_text(&object, "level", input.level);
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_notify_send(given), false);
    return (ss_notify_send_answer) {
        .problem = answer.problem,
        .id = json_text(json_member(answer.ok, "id")),
    };
}

EXTISM_USER("notify_toast") extism_handle import_notify_toast(extism_handle input);

ss_notify_toast_answer ss_notify_toast(ss_notify_toast_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "text", input.text);
    if (input.level.bytes != 0) json_put_text(&object, "level", input.level);
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_notify_toast(given), false);
    return (ss_notify_toast_answer) {
        .problem = answer.problem,
        .accepted = json_boolean(json_member(answer.ok, "accepted")),
    };
}

EXTISM_USER("live_send") extism_handle import_live_send(extism_handle input);

ss_live_send_answer ss_live_send(ss_live_send_input input) {
    ss_writer object = json_object();
    json_put(&object, "payload", input.payload);
    if (input.channel.bytes != 0) json_put_text(&object, "channel", input.channel);
    if (input.user_id.bytes != 0) json_put_text(&object, "user_id", input.user_id);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_live_send(given), false);
    return (ss_live_send_answer) {
        .problem = answer.problem,
        .message_id = json_text(json_member(answer.ok, "message_id")),
    };
}

EXTISM_USER("live_broadcast") extism_handle import_live_broadcast(extism_handle input);

ss_live_broadcast_answer ss_live_broadcast(ss_live_broadcast_input input) {
    ss_writer object = json_object();
    json_put_text(&object, "channel", input.channel);
    json_put(&object, "payload", input.payload);
    extism_handle given = ss_give(&object);
    ss_answer answer = ss_receive(given, import_live_broadcast(given), false);
    return (ss_live_broadcast_answer) {
        .problem = answer.problem,
        .message_id = json_text(json_member(answer.ok, "message_id")),
    };
}
