#include "hook.h"

ss_text ss_read_input(void) {
    uint32_t length = (uint32_t) extism_input_length();
    uint8_t *bytes = ss_take(length);
    extism_read_input(bytes);
    return (ss_text) {(const char *) bytes, length};
}

static ss_text text_of(json object, const char *name) {
    return json_text(json_member(object, name));
}

static ss_context context_of(json context) {
    return (ss_context) {
        .user_id = text_of(context, "user_id"),
        .session_id = text_of(context, "session_id"),
        .module_name = text_of(context, "module_name"),
        .request_data = json_member(context, "request_data"),
        .plugin_id = text_of(context, "plugin_id"),
        .tenant = text_of(context, "tenant"),
        .config = json_member(context, "config"),
        .timestamp = text_of(context, "timestamp"),
        .invocation_id = text_of(context, "invocation_id"),
        .event_id = text_of(context, "event_id"),
    };
}

ss_hook_call ss_read_hook_call(void) {
    json call = json_of_text(ss_read_input());
    return (ss_hook_call) {
        .hook_name = text_of(call, "hook_name"),
        .type = text_of(call, "type"),
        .target = text_of(call, "target"),
        .args = json_member(call, "args"),
        .kwargs = json_member(call, "kwargs"),
        .result = json_member(call, "result"),
        .context = context_of(json_member(call, "context")),
    };
}

int32_t ss_output(ss_text text) {
    extism_output_set(extism_block(text.bytes, text.length), text.length);
    return 0;
}

static int32_t put_out(const char *name, json value) {
    ss_writer output = json_object();
    json_put(&output, name, value);
    return ss_output(json_raw(json_closed(&output)));
}

int32_t ss_unchanged(void) {
    return ss_output(SS_TEXT("{}"));
}

int32_t ss_before_changed(json args, json kwargs) {
    ss_writer output = json_object();
    json_put(&output, "args", args);
    json_put(&output, "kwargs", kwargs);
    return ss_output(json_raw(json_closed(&output)));
}

int32_t ss_before_stop(ss_text reason) {
    ss_writer output = json_object();
    json_put_text(&output, "stop", reason);
    return ss_output(json_raw(json_closed(&output)));
}

int32_t ss_replace_result(json result) {
    return put_out("result", result);
}

int32_t ss_replace_pass(void) {
    return ss_output(SS_TEXT("{\"pass\":true}"));
}

int32_t ss_filter_result(json result) {
    return put_out("result", result);
}

int32_t ss_refuse(ss_text reason) {
    extism_error_set(extism_block(reason.bytes, reason.length));
    return 1;
}

ss_request ss_read_request(void) {
    json request = json_of_text(ss_read_input());
    return (ss_request) {
        .method = text_of(request, "method"),
        .path = text_of(request, "path"),
        .path_params = json_member(request, "path_params"),
        .query = json_member(request, "query"),
        .headers = json_member(request, "headers"),
        .body = text_of(request, "body"),
        .body_base64 = text_of(request, "body_base64"),
        .user_id = text_of(request, "user_id"),
    };
}

int32_t ss_respond(int32_t status, json body) {
    ss_writer output = json_object();
    json_put_integer(&output, "status", status);
    json_put(&output, "headers", SS_JSON({"content-type": "application/json"}));
    json_put_text(&output, "body", json_raw(body));
    return ss_output(json_raw(json_closed(&output)));
}

void ss_log_info(ss_text line) {
    extism_log_info(extism_block(line.bytes, line.length));
}

void ss_log_warning(ss_text line) {
    extism_log_warn(extism_block(line.bytes, line.length));
}
