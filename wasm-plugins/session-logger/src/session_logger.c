/* Keeps a record of each session that ended: a line in the plugin's log, and an entry in storage when that was granted. */
#include "storysign.h"

#define SECONDS_A_DAY 86400
#define USUAL_DAYS 30

static ss_text or(ss_text text, ss_text otherwise) {
    return text.bytes == 0 ? otherwise : text;
}

static void log_line(const ss_context *context) {
    ss_writer line = ss_written();
    ss_add(&line, "session ");
    ss_add_text(&line, context->session_id);
    ss_add(&line, " of ");
    ss_add_text(&line, or(context->module_name, SS_TEXT("no module")));
    ss_add(&line, " ended at ");
    ss_add_text(&line, or(context->timestamp, SS_TEXT("an unknown time")));
    ss_log_info(ss_text_of(&line));
}

/** What the entry says. */
static json entry(const ss_hook_call *call) {
    ss_writer entry = json_object();
    json_put_text(&entry, "module", call->context.module_name);
    json_put_text(&entry, "ended_at", call->context.timestamp);
    json_put(&entry, "result", call->result);
    return json_closed(&entry);
}

/** A plugin that was not granted storage goes on without. */
static void keep(const ss_hook_call *call) {
    int64_t days = json_integer(json_member(call->context.config, "keep_days"));
    ss_writer key = ss_written();
    ss_add(&key, "sessions/");
    ss_add_text(&key, call->context.session_id);

    ss_storage_set_answer kept = ss_storage_set((ss_storage_set_input) {
        .key = ss_text_of(&key),
        .value = entry(call),
        .ttl_seconds = SS_INTEGER((days == 0 ? USUAL_DAYS : days) * SECONDS_A_DAY),
    });
    if (!ss_failed(kept.problem) || ss_is(kept.problem.code, SS_CODE_PERMISSION_DENIED)) return;
    ss_writer warning = ss_written();
    ss_add(&warning, "not kept: ");
    ss_add_text(&warning, kept.problem.message);
    ss_log_warning(ss_text_of(&warning));
}

/** The after hook. Its answer is ignored, so it gives none. */
EXTISM_EXPORT("log_session") log_session(void) {
    ss_hook_call call = ss_read_hook_call();
    if (call.context.session_id.length == 0) return ss_refuse(SS_TEXT("the call names no session"));
    log_line(&call.context);
    keep(&call);
    return 0;
}
