/* The functions of the platform. Made from src/main/resources/platform/host-functions.json; a test keeps it so. */
#ifndef STORYSIGN_FUNCTIONS_H
#define STORYSIGN_FUNCTIONS_H

#include "call.h"

/* What a problem may be: its code. */
#define SS_CODE_AI_UNAVAILABLE "ai-unavailable"
#define SS_CODE_DATA_INVALID "data-invalid"
#define SS_CODE_DATA_NOT_FOUND "data-not-found"
#define SS_CODE_DATA_QUOTA_EXCEEDED "data-quota-exceeded"
#define SS_CODE_DATABASE_UNAVAILABLE "database-unavailable"
#define SS_CODE_DRY_RUN "dry-run"
#define SS_CODE_EMIT_DEPTH_EXCEEDED "emit-depth-exceeded"
#define SS_CODE_EVENT_TOO_LARGE "event-too-large"
#define SS_CODE_PERMISSION_DENIED "permission-denied"
#define SS_CODE_PRECONDITION_FAILED "precondition-failed"
#define SS_CODE_QUEUE_FULL "queue-full"
#define SS_CODE_QUOTA_EXCEEDED "quota-exceeded"
#define SS_CODE_SERVICE_BUSY "service-busy"
#define SS_CODE_SERVICE_TIMEOUT "service-timeout"
#define SS_CODE_SERVICE_UNAVAILABLE "service-unavailable"

/** A message of a conversation with a text model. */
typedef struct {
    /** `system`, `user` or `assistant` (required). */
    ss_text role;
    /** What was said (required). */
    ss_text content;
} ss_message;
SS_LIST(ss_message, ss_message_list);

/** A sign that a hand may make. */
typedef struct {
    /** The sign. */
    ss_text gesture;
    /** 0 to 1. */
    double confidence;
} ss_gesture;
SS_LIST(ss_gesture, ss_gesture_list);

/** A hand in a picture. */
typedef struct {
    /** `left`, `right` or `unknown`. */
    ss_text handedness;
    /** Its 21 points, as `ai_analyze_gesture` takes them. */
    ss_number_lists landmarks;
} ss_hand;
SS_LIST(ss_hand, ss_hand_list);

/** An item of content. */
typedef struct {
    /** To find it by. */
    ss_text id;
    /** Such as `story`. */
    ss_text kind;
    /** Such as `en`; empty when none was said. */
    ss_text language;
    /** One line. */
    ss_text title;
    /** The beginning of its text; not there where the whole is. */
    ss_text excerpt;
    /** Its whole text; only in an answer to `id`. */
    ss_text text;
    /** Whose it is; null when it is everybody's. */
    ss_text user_id;
    /** Which plugin made it; null when the product did. */
    ss_text plugin_id;
    /** Grows with every change. */
    int64_t revision;
    /** RFC 3339. */
    ss_text created_at;
} ss_content_item;
SS_LIST(ss_content_item, ss_content_item_list);

/** What the plugin logged once. */
typedef struct {
    /** As it was logged. */
    ss_text name;
    /** As they were logged. */
    json properties;
    /** When, RFC 3339. */
    ss_text at;
} ss_logged_event;
SS_LIST(ss_logged_event, ss_logged_event_list);

/** What `ss_storage_get` takes. */
typedef struct {
    /** 1 to 512 bytes of UTF-8 without control characters (required). */
    ss_text key;
    /** True for the key the plugin keeps for the user it was called for; needs `read:user_data` instead of `storage:read`. */
    bool user;
} ss_storage_get_input;

/** What `ss_storage_get` answers. */
typedef struct {
    ss_problem problem;
    /** Whether there is one; the rest says nothing otherwise. */
    bool is_found;
    /** As it was written. */
    json value;
    /** Grows with every write; for `if_revision`. */
    int64_t revision;
    /** When it ceases to be there, RFC 3339; null for never. */
    ss_text expires_at;
} ss_storage_get_answer;

/**
 * Reads a value that the plugin keeps.
 *
 * The answer is null when there is no such key.
 *
 * Needs `storage:read` or `read:user_data`.
 */
ss_storage_get_answer ss_storage_get(ss_storage_get_input input);

/** What `ss_storage_set` takes. */
typedef struct {
    /** 1 to 512 bytes of UTF-8 without control characters (required). */
    ss_text key;
    /** Any JSON, up to 1 MiB (required). */
    json value;
    /** How long it lives, 1 to 315360000; for ever when it is not said. */
    ss_optional_integer ttl_seconds;
    /** Only when the key is there at this revision. */
    ss_optional_integer if_revision;
    /** True: only when the key is not there. */
    bool if_absent;
    /** True for a key of the user the plugin was called for; needs `write:user_data` instead of `storage:write`. */
    bool user;
} ss_storage_set_input;

/** What `ss_storage_set` answers. */
typedef struct {
    ss_problem problem;
    /** The key's revision now. */
    int64_t revision;
    /** Whether there was no such key before. */
    bool created;
} ss_storage_set_answer;

/**
 * Keeps a value, always or on a condition.
 *
 * Needs `storage:write` or `write:user_data`.
 *
 * May also fail with `precondition-failed` or `data-quota-exceeded`.
 */
ss_storage_set_answer ss_storage_set(ss_storage_set_input input);

/** What `ss_storage_delete` takes. */
typedef struct {
    /** 1 to 512 bytes of UTF-8 without control characters (required). */
    ss_text key;
    /** Only when the key is there at this revision. */
    ss_optional_integer if_revision;
    /** True for a key of the user the plugin was called for; needs `write:user_data` instead of `storage:write`. */
    bool user;
} ss_storage_delete_input;

/** What `ss_storage_delete` answers. */
typedef struct {
    ss_problem problem;
    /** Whether there was such a key. */
    bool deleted;
} ss_storage_delete_answer;

/**
 * Deletes a key.
 *
 * Needs `storage:write` or `write:user_data`.
 *
 * May also fail with `precondition-failed`.
 */
ss_storage_delete_answer ss_storage_delete(ss_storage_delete_input input);

/** What `ss_storage_list` takes. */
typedef struct {
    /** Only keys that begin with this. */
    ss_text prefix;
    /** Where the page before ended. */
    ss_text cursor;
    /** Keys on a page, 1 to 1000; usually 100. */
    ss_optional_integer limit;
    /** True for the keys of the user the plugin was called for; needs `read:user_data` instead of `storage:read`. */
    bool user;
} ss_storage_list_input;

/** What `ss_storage_list` answers. */
typedef struct {
    ss_problem problem;
    /** The page. */
    ss_text_list keys;
    /** To go on with; null at the end. */
    ss_text cursor;
} ss_storage_list_answer;

/**
 * Lists the plugin's keys in the order of their bytes.
 *
 * Needs `storage:read` or `read:user_data`.
 */
ss_storage_list_answer ss_storage_list(ss_storage_list_input input);

/** What `ss_ai_generate_text` takes. */
typedef struct {
    /** 1 to 50 (required). */
    ss_message_list messages;
    /** Most tokens of the answer, up to the operator's limit (usually 4096); 512 when it is not said. */
    ss_optional_integer max_tokens;
    /** 0 to 2; the model's usual when it is not said. */
    ss_optional_number temperature;
} ss_ai_generate_text_input;

/** What `ss_ai_generate_text` answers. */
typedef struct {
    ss_problem problem;
    /** What the model wrote. */
    ss_text text;
    /** Why it ended, as the model says: `stop`, `length` …. */
    ss_text finish;
    /** What the call took from the plugin's budget of the day. */
    int64_t tokens;
} ss_ai_generate_text_answer;

/**
 * Lets the text model that the operator connected go on from some messages.
 *
 * The most that a prompt can come to is taken from the budget before the model is asked, and the rest given back. A call in vain
 * is never repeated by the service.
 *
 * Needs `access:ai_services`.
 *
 * May also fail with `ai-unavailable` or `dry-run`.
 */
ss_ai_generate_text_answer ss_ai_generate_text(ss_ai_generate_text_input input);

/** What `ss_ai_analyze_gesture` takes. */
typedef struct {
    /** The 21 points of a hand, each x, y (0 to 1 within the picture) and z: wrist, then four points a finger from thumb to little
     * finger (required). */
    ss_number_lists landmarks;
    /** `left`, `right` or `unknown`. */
    ss_text handedness;
} ss_ai_analyze_gesture_input;

/** What `ss_ai_analyze_gesture` answers. */
typedef struct {
    ss_problem problem;
    /** The sign that fits best. */
    ss_text gesture;
    /** 0 to 1. */
    double confidence;
    /** What else it may be. */
    ss_gesture_list alternatives;
} ss_ai_analyze_gesture_answer;

/**
 * Says which sign a hand makes.
 *
 * Needs `access:ai_services`.
 *
 * May also fail with `ai-unavailable` or `dry-run`.
 */
ss_ai_analyze_gesture_answer ss_ai_analyze_gesture(ss_ai_analyze_gesture_input input);

/** What `ss_ai_process_video_frame` takes. */
typedef struct {
    /** The picture in base64 (required). */
    ss_text image;
    /** `jpeg`, `png` or `webp` (required). */
    ss_text format;
} ss_ai_process_video_frame_input;

/** What `ss_ai_process_video_frame` answers. */
typedef struct {
    ss_problem problem;
    /** At most 10. */
    ss_hand_list hands;
} ss_ai_process_video_frame_answer;

/**
 * Finds the hands in a picture.
 *
 * Needs `access:video_stream`.
 *
 * May also fail with `ai-unavailable` or `dry-run`.
 */
ss_ai_process_video_frame_answer ss_ai_process_video_frame(ss_ai_process_video_frame_input input);

/** What `ss_hook_emit` takes. */
typedef struct {
    /** Begins with `plugin.`, the plugin's own id and a dot (required). */
    ss_text hook_name;
    /** `before`, `after`, `replace` or `filter`; `after` when it is not said. */
    ss_text type;
    /** As in a hook's call. */
    ss_text target;
    /** As in a hook's call. */
    json_list args;
    /** As in a hook's call. */
    json kwargs;
    /** As in a hook's call. */
    json result;
    /** As in a hook's call. */
    json request_data;
    /** Events of one key are handled one after the other, in the order of their acceptance. */
    ss_text ordering_key;
} ss_hook_emit_input;

/** What `ss_hook_emit` answers. */
typedef struct {
    ss_problem problem;
    /** Stays the same however often the event is handled. */
    ss_text event_id;
} ss_hook_emit_answer;

/**
 * Says that something happened: whoever subscribed to the hook is called later, at least once.
 *
 * It inherits the tenant and the user of the call; what the handlers answer goes nowhere. An answer means that the event outlives
 * every process.
 *
 * Needs `hooks:emit`.
 *
 * May also fail with `emit-depth-exceeded`, `event-too-large` or `queue-full`.
 */
ss_hook_emit_answer ss_hook_emit(ss_hook_emit_input input);

/** What `ss_user_get` takes. */
typedef struct {
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_user_get_input;

/** What `ss_user_get` answers. */
typedef struct {
    ss_problem problem;
    /** Whether there is one; the rest says nothing otherwise. */
    bool is_found;
    /** Whose it is. */
    ss_text user_id;
    /** As the product put it. */
    json profile;
    /** The user's preferences. */
    json preferences;
    /** Grows with every change. */
    int64_t revision;
} ss_user_get_answer;

/**
 * Reads what the product tells of the user.
 *
 * The answer is null for a user the product has told nothing of.
 *
 * Needs `read:user_data`.
 *
 * May also fail with `permission-denied`.
 */
ss_user_get_answer ss_user_get(ss_user_get_input input);

/** What `ss_user_progress` takes. */
typedef struct {
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_user_progress_input;

/** What `ss_user_progress` answers. */
typedef struct {
    ss_problem problem;
    /** Whether there is one; the rest says nothing otherwise. */
    bool is_found;
    /** Whose it is. */
    ss_text user_id;
    /** As the product put it. */
    json progress;
    /** Grows with every change. */
    int64_t revision;
} ss_user_progress_answer;

/**
 * Reads the user's progress, as the product put it.
 *
 * The answer is null for a user the product has told nothing of.
 *
 * Needs `read:user_data`.
 *
 * May also fail with `permission-denied`.
 */
ss_user_progress_answer ss_user_progress(ss_user_progress_input input);

/** What `ss_user_update_preferences` takes. */
typedef struct {
    /** At most 100 members, each in the place of the preference of that name; null takes it away (required). */
    json preferences;
    /** Only when the user is at this revision. */
    ss_optional_integer if_revision;
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_user_update_preferences_input;

/** What `ss_user_update_preferences` answers. */
typedef struct {
    ss_problem problem;
    /** All of them now. */
    json preferences;
    /** The user's revision now. */
    int64_t revision;
} ss_user_update_preferences_answer;

/**
 * Changes some of the user's preferences.
 *
 * All preferences of a user have at most 16 KiB.
 *
 * Needs `write:user_data`.
 *
 * May also fail with `data-not-found`, `data-quota-exceeded` or `precondition-failed`.
 */
ss_user_update_preferences_answer ss_user_update_preferences(ss_user_update_preferences_input input);

/** What `ss_content_list` takes. */
typedef struct {
    /** That item alone, with its whole text. */
    ss_text id;
    /** Such as `story`; `[a-z0-9][a-z0-9_.-]*`. */
    ss_text kind;
    /** Where the page before ended. */
    ss_text cursor;
    /** 1 to 100, usually 20. */
    ss_optional_integer limit;
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_content_list_input;

/** What `ss_content_list` answers. */
typedef struct {
    ss_problem problem;
    /** The page. */
    ss_content_item_list items;
    /** To go on with; null at the end. */
    ss_text cursor;
} ss_content_list_answer;

/**
 * Lists content the user may see, the newest first, or gives one item.
 *
 * Needs `read:user_data`.
 */
ss_content_list_answer ss_content_list(ss_content_list_input input);

/** What `ss_content_search` takes. */
typedef struct {
    /** As one types into a search box: every word must be there; `"a phrase"`, `or`, `-without` (required). */
    ss_text query;
    /** Such as `story`; `[a-z0-9][a-z0-9_.-]*`. */
    ss_text kind;
    /** Finds words in other forms too, in content of that language only. */
    ss_text language;
    /** Where the page before ended. */
    ss_text cursor;
    /** 1 to 100, usually 20. */
    ss_optional_integer limit;
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_content_search_input;

/** What `ss_content_search` answers. */
typedef struct {
    ss_problem problem;
    /** The page. */
    ss_content_item_list items;
    /** To go on with; null at the end. */
    ss_text cursor;
} ss_content_search_answer;

/**
 * Finds content the user may see, what fits best first.
 *
 * Needs `read:user_data`.
 */
ss_content_search_answer ss_content_search(ss_content_search_input input);

/** What `ss_content_create` takes. */
typedef struct {
    /** Such as `story` (required). */
    ss_text kind;
    /** One line of at most 200 characters (required). */
    ss_text title;
    /** At most 64 KiB (required). */
    ss_text text;
    /** Such as `en`. */
    ss_text language;
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_content_create_input;

/** What `ss_content_create` answers. */
typedef struct {
    ss_problem problem;
    /** To find it by. */
    ss_text id;
    /** 1. */
    int64_t revision;
} ss_content_create_answer;

/**
 * Makes a new item of content of the user's.
 *
 * Needs `write:user_data`.
 *
 * May also fail with `data-quota-exceeded`.
 */
ss_content_create_answer ss_content_create(ss_content_create_input input);

/** What `ss_analytics_log_event` takes. */
typedef struct {
    /** `[a-z0-9][a-z0-9_.-]{0,99}` (required). */
    ss_text name;
    /** At most 4 KiB of JSON. */
    json properties;
} ss_analytics_log_event_input;

/** What `ss_analytics_log_event` answers. */
typedef struct {
    ss_problem problem;
    /** True. */
    bool logged;
} ss_analytics_log_event_answer;

/**
 * Remembers that something happened, for the user of the call if it has one.
 *
 * A plugin may log 10,000 events a day; they are kept for 90 days.
 *
 * Needs no permission.
 *
 * May also fail with `data-quota-exceeded`.
 */
ss_analytics_log_event_answer ss_analytics_log_event(ss_analytics_log_event_input input);

/** What `ss_analytics_user` takes. */
typedef struct {
    /** Only events of this name. */
    ss_text name;
    /** Where the page before ended. */
    ss_text cursor;
    /** 1 to 100, usually 20. */
    ss_optional_integer limit;
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_analytics_user_input;

/** What `ss_analytics_user` answers. */
typedef struct {
    ss_problem problem;
    /** The page. */
    ss_logged_event_list events;
    /** To go on with; null at the end. */
    ss_text cursor;
} ss_analytics_user_answer;

/**
 * Reads what the plugin itself logged for the user, the newest first.
 *
 * Needs `read:user_data`.
 */
ss_analytics_user_answer ss_analytics_user(ss_analytics_user_input input);

/** What `ss_notify_send` takes. */
typedef struct {
    /** One line of at most 200 characters (required). */
    ss_text title;
    /** At most 2,000 characters. */
    ss_text body;
    /** A path of the product, such as `/stories/7`, or an https address. */
    ss_text link;
    /** `info` (usual), `success`, `warning` or `error`. */
    ss_text level;
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_notify_send_input;

/** What `ss_notify_send` answers. */
typedef struct {
    ss_problem problem;
    /** The notification's. */
    ss_text id;
} ss_notify_send_answer;

/**
 * Leaves a notification for the user, in the plugin's name.
 *
 * A plugin keeps at most 100 notifications for a user; they are kept for 90 days.
 *
 * Needs `modify:ui`.
 *
 * May also fail with `data-quota-exceeded`.
 */
ss_notify_send_answer ss_notify_send(ss_notify_send_input input);

/** What `ss_notify_toast` takes. */
typedef struct {
    /** One line of at most 200 characters (required). */
    ss_text text;
    /** `info` (usual), `success`, `warning` or `error`. */
    ss_text level;
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_notify_toast_input;

/** What `ss_notify_toast` answers. */
typedef struct {
    ss_problem problem;
    /** True. */
    bool accepted;
} ss_notify_toast_answer;

/**
 * Shows the user a message for a moment, if the user looks.
 *
 * Needs `modify:ui`.
 *
 * May also fail with `data-quota-exceeded`.
 */
ss_notify_toast_answer ss_notify_toast(ss_notify_toast_input input);

/** What `ss_live_send` takes. */
typedef struct {
    /** Any JSON, at most 16 KiB (required). */
    json payload;
    /** What it is about; `[a-z0-9][a-z0-9_.:-]{0,99}`. */
    ss_text channel;
    /** Another user than the call's; only when the key that triggered the call has `users: any`. */
    ss_text user_id;
} ss_live_send_input;

/** What `ss_live_send` answers. */
typedef struct {
    ss_problem problem;
    /** As the page sees it in `id`. */
    ss_text message_id;
} ss_live_send_answer;

/**
 * Sends a message to the user's open pages, on whichever process they are connected.
 *
 * Whether a page is open is not known, and who connects later does not get it: what must arrive is a notification.
 *
 * Needs `modify:ui`.
 */
ss_live_send_answer ss_live_send(ss_live_send_input input);

/** What `ss_live_broadcast` takes. */
typedef struct {
    /** One of those that user tokens name; `[a-z0-9][a-z0-9_.:-]{0,99}` (required). */
    ss_text channel;
    /** Any JSON, at most 16 KiB (required). */
    json payload;
} ss_live_broadcast_input;

/** What `ss_live_broadcast` answers. */
typedef struct {
    ss_problem problem;
    /** As pages see it in `id`. */
    ss_text message_id;
} ss_live_broadcast_answer;

/**
 * Sends a message to the open pages of everybody in the tenant who listens to a channel.
 *
 * Needs `modify:ui`.
 */
ss_live_broadcast_answer ss_live_broadcast(ss_live_broadcast_input input);

#endif
