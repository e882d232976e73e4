/* Counts on how many days in a row a learner practises, and celebrates. */
#include "storysign.h"
#include "days.h"

#define KEY SS_TEXT("streak")
#define USUAL_MILESTONE 5
/* So often is a change tried again that another call came before. */
#define ATTEMPTS 5

/** What is kept for each user. */
typedef struct {
    int64_t days;
    int64_t last_day;
    int64_t revision;
} streak;

static ss_problem read_streak(streak *found) {
    ss_storage_get_answer stored = ss_storage_get((ss_storage_get_input) {.key = KEY, .user = true});
    *found = (streak) {
        .days = json_integer(json_member(stored.value, "days")),
        .last_day = json_integer(json_member(stored.value, "last_day")),
        .revision = stored.revision,
    };
    return stored.problem;
}

static ss_problem write_streak(streak counted) {
    ss_writer value = json_object();
    json_put_integer(&value, "days", counted.days);
    json_put_integer(&value, "last_day", counted.last_day);
    return ss_storage_set((ss_storage_set_input) {
        .key = KEY,
        .value = json_closed(&value),
        .if_revision = {counted.revision > 0, counted.revision},
        .if_absent = counted.revision == 0,
        .user = true,
    }).problem;
}

/** Counts a day; `is_new` when it was not counted before. */
static ss_problem count(int64_t day, streak *counted, bool *is_new) {
    for (int attempt = 1;; attempt++) {
        ss_problem problem = read_streak(counted);
        *is_new = !ss_failed(problem) && counted->last_day < day;
        if (!*is_new) return problem;
        counted->days = counted->last_day + 1 == day ? counted->days + 1 : 1;
        counted->last_day = day;
        problem = write_streak(*counted);
        if (attempt == ATTEMPTS || !ss_is(problem.code, SS_CODE_PRECONDITION_FAILED)) return problem;
    }
}

static json days_of(streak counted) {
    ss_writer object = json_object();
    json_put_integer(&object, "days", counted.days);
    return json_closed(&object);
}

static ss_text words(int64_t days) {
    ss_writer line = ss_written();
    ss_add_integer(&line, days);
    ss_add(&line, " days in a row");
    return ss_text_of(&line);
}

/** Who set the preference `celebrate` to false is left in peace. */
static bool wants_to_celebrate(void) {
    ss_user_get_answer user = ss_user_get((ss_user_get_input) {0});
    json celebrate = json_member(user.preferences, "celebrate");
    return json_is_null(celebrate) || json_boolean(celebrate);
}

/** A notification, and an event for other plugins where the operator granted that. */
static ss_problem celebrate(streak counted) {
    ss_problem problem = ss_notify_send((ss_notify_send_input) {
        .title = words(counted.days),
        .level = SS_TEXT("success"),
    }).problem;
    if (ss_failed(problem)) return problem;
    problem = ss_hook_emit((ss_hook_emit_input) {
        .hook_name = SS_TEXT("plugin.streak-keeper.milestone"),
        .result = days_of(counted),
    }).problem;
    if (!ss_is(problem.code, SS_CODE_PERMISSION_DENIED)) return problem;
    ss_log_info(SS_TEXT("no hook is emitted: the operator did not grant it"));
    return (ss_problem) {0};
}

static ss_problem tell(streak counted, int64_t milestone) {
    ss_problem problem = ss_analytics_log_event((ss_analytics_log_event_input) {
        .name = SS_TEXT("streak.day"),
        .properties = days_of(counted),
    }).problem;
    if (ss_failed(problem)) return problem;
    problem = ss_live_send((ss_live_send_input) {.payload = days_of(counted), .channel = SS_TEXT("streak")}).problem;
    if (ss_failed(problem) || counted.days % milestone != 0 || !wants_to_celebrate()) return problem;
    return celebrate(counted);
}

static int32_t ended(ss_problem problem) {
    return ss_failed(problem) ? ss_refuse(problem.message) : 0;
}

/** The after hook `practice_completed`. Its answer is ignored. */
EXTISM_EXPORT("practised") practised(void) {
    ss_hook_call call = ss_read_hook_call();
    if (call.context.user_id.bytes == 0) return 0;
    int64_t milestone = json_integer(json_member(call.context.config, "milestone"));
    streak counted;
    bool is_new;
    ss_problem problem = count(day_of(call.context.timestamp), &counted, &is_new);
    if (ss_failed(problem) || !is_new) return ended(problem);
    return ended(tell(counted, milestone == 0 ? USUAL_MILESTONE : milestone));
}

/** The endpoint `GET /streak`: on how many days in a row the user practised, and which day was the last. */
EXTISM_EXPORT("get_streak") get_streak(void) {
    if (ss_read_request().user_id.bytes == 0) return ss_respond(401, SS_JSON({"error": "nobody is signed in"}));
    streak counted;
    ss_problem problem = read_streak(&counted);
    if (ss_failed(problem)) return ss_refuse(problem.message);
    ss_writer body = json_object();
    json_put_integer(&body, "days", counted.days);
    if (counted.days > 0) json_put_text(&body, "last_day", date_of(counted.last_day));
    return ss_respond(200, json_closed(&body));
}
