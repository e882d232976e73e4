/* A handler for each type of hook and an endpoint, which give back what they were handed. */
#include "storysign.h"

static void put_text_or_null(ss_writer *object, const char *name, ss_text text) {
    if (text.bytes == 0) {
        json_put(object, name, SS_JSON(null));
    } else {
        json_put_text(object, name, text);
    }
}

EXTISM_EXPORT("hook_echo") hook_echo(void) {
    ss_hook_call call = ss_read_hook_call();
    ss_writer object = json_object();
    json_put_text(&object, "hook_name", call.hook_name);
    json_put_text(&object, "type", call.type);
    put_text_or_null(&object, "target", call.target);
    json_put(&object, "args", call.args);
    json_put(&object, "kwargs", call.kwargs);
    json_put(&object, "result", call.result);
    put_text_or_null(&object, "user_id", call.context.user_id);
    put_text_or_null(&object, "session_id", call.context.session_id);
    put_text_or_null(&object, "module_name", call.context.module_name);
    json_put(&object, "request_data", call.context.request_data);
    json_put_text(&object, "plugin_id", call.context.plugin_id);
    json_put_text(&object, "tenant", call.context.tenant);
    json_put(&object, "config", call.context.config);
    json_put_text(&object, "timestamp", call.context.timestamp);
    json_put_text(&object, "invocation_id", call.context.invocation_id);
    put_text_or_null(&object, "event_id", call.context.event_id);
    return ss_replace_result(json_closed(&object));
}

EXTISM_EXPORT("hook_pass") hook_pass(void) {
    return ss_replace_pass();
}

EXTISM_EXPORT("hook_filter") hook_filter(void) {
    json result = ss_read_hook_call().result;
    if (json_is_null(result)) return ss_unchanged();
    ss_writer object = json_object();
    json_put(&object, "was", result);
    return ss_filter_result(json_closed(&object));
}

EXTISM_EXPORT("hook_before") hook_before(void) {
    json first = {0, 0};
    json_next(ss_read_hook_call().args, &first);
    if (ss_is(json_text(first), "stop")) return ss_before_stop(SS_TEXT("enough"));
    if (ss_is(json_text(first), "change")) return ss_before_changed(SS_JSON(["changed"]), SS_JSON({"n": 1}));
    return ss_unchanged();
}

EXTISM_EXPORT("hook_after") hook_after(void) {
    return json_is_null(ss_read_hook_call().result) ? ss_refuse(SS_TEXT("nothing happened")) : 0;
}

/** Reads texts and numbers, and writes them. */
EXTISM_EXPORT("hook_values") hook_values(void) {
    json result = ss_read_hook_call().result;
    ss_text_list texts = ss_read_texts(json_member(result, "texts"));
    ss_writer array = json_array();
    for (uint32_t at = 0; at < texts.count; at++) json_push_text(&array, texts.at[at]);
    ss_writer object = json_object();
    json_put(&object, "texts", json_ended(&array));
    json_put(&object, "numbers", ss_write_numbers(ss_read_numbers(json_member(result, "numbers"))));
    return ss_replace_result(json_closed(&object));
}

EXTISM_EXPORT("endpoint_echo") endpoint_echo(void) {
    ss_request request = ss_read_request();
    json q = {0, 0};
    json_next(json_member(request.query, "q"), &q);
    ss_writer object = json_object();
    json_put_text(&object, "method", request.method);
    json_put_text(&object, "path", request.path);
    put_text_or_null(&object, "id", json_text(json_member(request.path_params, "id")));
    put_text_or_null(&object, "q", json_text(q));
    put_text_or_null(&object, "accept", json_text(json_member(request.headers, "accept")));
    put_text_or_null(&object, "body", request.body);
    put_text_or_null(&object, "body_base64", request.body_base64);
    put_text_or_null(&object, "user_id", request.user_id);
    return ss_respond(201, json_closed(&object));
}

/** Reads a key as often as the result says, and gives how often there was one. */
EXTISM_EXPORT("hook_calls") hook_calls(void) {
    int64_t times = json_integer(ss_read_hook_call().result), found = 0;
    for (; times > 0; times--) found += ss_storage_get((ss_storage_get_input) {.key = SS_TEXT("key")}).is_found;
    ss_writer number = ss_written();
    ss_add_integer(&number, found);
    return ss_replace_result(json_of_text(ss_text_of(&number)));
}
