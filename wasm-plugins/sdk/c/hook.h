/* What hooks and endpoints hand to their handlers, and what those answer. */
#ifndef STORYSIGN_HOOK_H
#define STORYSIGN_HOOK_H

#include "extism.h"
#include "json.h"

/** For whom and when. */
typedef struct {
    /** No text when the call is not about a user. */
    ss_text user_id;
    ss_text session_id;
    ss_text module_name;
    json request_data;
    ss_text plugin_id;
    ss_text tenant;
    /** What the operator configured, with the defaults of the manifest. */
    json config;
    /** When the platform called, RFC 3339. */
    ss_text timestamp;
    ss_text invocation_id;
    /** Only of an event, which may come more than once: always the same then. */
    ss_text event_id;
} ss_context;

/** The input of every handler of a hook. */
typedef struct {
    ss_text hook_name;
    /** `before`, `after`, `replace` or `filter`. */
    ss_text type;
    ss_text target;
    json args;
    json kwargs;
    json result;
    ss_context context;
} ss_hook_call;

ss_hook_call ss_read_hook_call(void);

/* What a handler returns: `return ss_filter_result(json_closed(&story));` An after handler returns 0. */

int32_t ss_unchanged(void);
int32_t ss_before_changed(json args, json kwargs);
int32_t ss_before_stop(ss_text reason);
int32_t ss_replace_result(json result);
int32_t ss_replace_pass(void);
int32_t ss_filter_result(json result);

/** Fails the call; the platform tells the reason to whoever called. */
int32_t ss_refuse(ss_text reason);

/** The input of an endpoint's handler. */
typedef struct {
    ss_text method;
    ss_text path;
    json path_params;
    /** An array of values for each name. */
    json query;
    /** Those the platform lets through, by names in small letters. */
    json headers;
    ss_text body;
    /** A body that is not text, in base64. */
    ss_text body_base64;
    /** No text when nobody is signed in. */
    ss_text user_id;
} ss_request;

ss_request ss_read_request(void);

/** The answer of an endpoint's handler. */
int32_t ss_respond(int32_t status, json body);

/** The whole input, as it is. */
ss_text ss_read_input(void);

/** Answers the call with this. */
int32_t ss_output(ss_text text);

void ss_log_info(ss_text line);
void ss_log_warning(ss_text line);

#endif
