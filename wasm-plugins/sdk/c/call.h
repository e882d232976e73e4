/* One call of the platform: JSON there, JSON back. */
#ifndef STORYSIGN_CALL_H
#define STORYSIGN_CALL_H

#include "extism.h"
#include "json.h"

/** Why the platform did not do what it was asked. None when its code is no text. */
typedef struct {
    /** One of the SS_CODE_… of functions.h, or SS_CODE_ANSWER_UNREADABLE. */
    ss_text code;
    ss_text message;
} ss_problem;

/** What came back is not what this SDK was made for. */
#define SS_CODE_ANSWER_UNREADABLE "answer-unreadable"

static inline bool ss_failed(ss_problem problem) {
    return problem.code.bytes != 0;
}

/** Numbers of an input that need not be said. */
typedef struct {
    bool is_given;
    int64_t value;
} ss_optional_integer;

typedef struct {
    bool is_given;
    double value;
} ss_optional_number;

#define SS_INTEGER(number) ((ss_optional_integer) {true, (number)})
#define SS_NUMBER(number) ((ss_optional_number) {true, (number)})

/** Lists: where the first is, and how many. */
#define SS_LIST(type, name) \
    typedef struct { \
        const type *at; \
        uint32_t count; \
    } name

SS_LIST(ss_text, ss_text_list);
SS_LIST(json, json_list);
SS_LIST(double, ss_number_list);
SS_LIST(ss_number_list, ss_number_lists);

json ss_write_jsons(json_list list);
json ss_write_numbers(ss_number_list list);
json ss_write_number_lists(ss_number_lists list);
ss_text_list ss_read_texts(json array);
ss_number_list ss_read_numbers(json array);
ss_number_lists ss_read_number_lists(json array);

/** What a function of the platform answered: `ok`, nothing when it failed. */
typedef struct {
    ss_problem problem;
    json ok;
} ss_answer;

/** The block for a function of the platform; writing its input ends here. */
extism_handle ss_give(ss_writer *input);

/** Reads its answer and gives both blocks back. `ok` may be null only if it is nullable. */
ss_answer ss_receive(extism_handle input, extism_handle answer, bool nullable);

#endif
