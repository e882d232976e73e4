/* Keeps a record of each session that ended: a line in the plugin's log, and an entry in storage when that was granted. */
#include "extism.h"
#include "json.h"

EXTISM_USER("storage_set") extism_handle storage_set(extism_handle request);

#define PAGE 65536

/* Memory is only taken: each call begins with a new instance, so nothing has to be given back. */
extern uint8_t __heap_base;
static uint8_t *next_free = &__heap_base;

static uint8_t *take(uint32_t length) {
    uint8_t *taken = next_free;
    next_free += length;
    uintptr_t have = __builtin_wasm_memory_size(0) * PAGE;
    if ((uintptr_t) next_free > have) {
        uintptr_t pages = ((uintptr_t) next_free - have + PAGE - 1) / PAGE;
        if (__builtin_wasm_memory_grow(0, pages) == (size_t) -1) __builtin_trap();
    }
    return taken;
}

/** Text that is written piece by piece; what does not fit is cut off. */
typedef struct {
    uint8_t *bytes;
    uint32_t length;
    uint32_t room;
} text;

static text text_of(uint32_t room) {
    return (text) {take(room), 0, room};
}

static void add_bytes(text *to, const uint8_t *bytes, uint32_t length) {
    if (length > to->room - to->length) length = to->room - to->length;
    __builtin_memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void add(text *to, const char *words) {
    for (; *words != 0; words++) add_bytes(to, (const uint8_t *) words, 1);
}

/** Adds a value as it is written in the input; `otherwise` when there is none. */
static void add_json(text *to, json value, const char *otherwise) {
    if (json_is_nothing(value)) {
        add(to, otherwise);
    } else {
        add_bytes(to, value.start, (uint32_t) (value.end - value.start));
    }
}

static extism_handle block_of(const text *from) {
    return extism_block(from->bytes, from->length);
}

static int32_t refuse(const char *reason) {
    extism_error_set(extism_text(reason));
    return 1;
}

/** How many days an entry is kept: what the operator configured, as text; the manifest has the default. */
static uint32_t days_to_keep(void) {
    extism_handle value = extism_config_get(extism_text("keep_days"));
    uint64_t length = extism_length(value);
    uint32_t days = 0;
    for (uint64_t at = 0; at < length; at++) {
        uint8_t digit = extism_load_u8(value + at);
        if (digit >= '0' && digit <= '9' && days < 100000) days = days * 10 + (digit - '0');
    }
    return days == 0 ? 30 : days;
}

static void add_number(text *to, uint32_t number) {
    if (number >= 10) add_number(to, number / 10);
    uint8_t digit = (uint8_t) ('0' + number % 10);
    add_bytes(to, &digit, 1);
}

/** What the entry is called, how long it lives and what it says: a request to `storage_set`. */
static text entry(json call, json context, json session) {
    text request = text_of((uint32_t) (call.end - call.start) + 256);
    add(&request, "{\"key\":\"sessions/");
    add_json(&request, session, "");
    add(&request, "\",\"ttl_seconds\":");
    add_number(&request, days_to_keep() * 86400);
    add(&request, ",\"value\":{\"module\":");
    add_json(&request, json_member(context, "module_name"), "null");
    add(&request, ",\"ended_at\":");
    add_json(&request, json_member(context, "timestamp"), "null");
    add(&request, ",\"result\":");
    add_json(&request, json_member(call, "result"), "null");
    add(&request, "}}");
    return request;
}

/** The platform answers `{"ok": …}` or `{"error": {"code", "message"}}`. A plugin that was not granted storage goes on without. */
static void keep(text request) {
    extism_handle answered = storage_set(block_of(&request));
    uint32_t length = (uint32_t) extism_length(answered);
    uint8_t *answer = take(length);
    extism_read(answered, answer, length);

    json error = json_member((json) {answer, answer + length}, "error");
    if (json_is_nothing(error) || json_is(json_member(error, "code"), "permission-denied")) return;
    text warning = text_of(length + 32);
    add(&warning, "not kept: ");
    add_json(&warning, json_string(json_member(error, "message")), "");
    extism_log_warn(block_of(&warning));
}

static void log_line(json context, json session) {
    text line = text_of(1024);
    add(&line, "session ");
    add_json(&line, session, "");
    add(&line, " of ");
    add_json(&line, json_string(json_member(context, "module_name")), "no module");
    add(&line, " ended at ");
    add_json(&line, json_string(json_member(context, "timestamp")), "an unknown time");
    extism_log_info(block_of(&line));
}

/** The after hook. Its answer is ignored, so it gives none. */
EXTISM_EXPORT("log_session") log_session(void) {
    uint32_t length = (uint32_t) extism_input_length();
    uint8_t *input = take(length);
    extism_read_input(input);

    json call = {input, input + length};
    json context = json_member(call, "context");
    json session = json_string(json_member(context, "session_id"));
    if (json_is_nothing(session)) return refuse("the call names no session");
    log_line(context, session);
    keep(entry(call, context, session));
    return 0;
}
