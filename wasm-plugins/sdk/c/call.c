#include "call.h"

json ss_write_jsons(json_list list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) json_push(&array, list.at[at]);
    return json_ended(&array);
}

json ss_write_numbers(ss_number_list list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) json_push_number(&array, list.at[at]);
    return json_ended(&array);
}

json ss_write_number_lists(ss_number_lists list) {
    ss_writer array = json_array();
    for (uint32_t at = 0; at < list.count; at++) json_push(&array, ss_write_numbers(list.at[at]));
    return json_ended(&array);
}

ss_text_list ss_read_texts(json array) {
    ss_text *texts = ss_take(json_count(array) * sizeof *texts);
    uint32_t count = 0;
    for (json each = {0, 0}; json_next(array, &each);) texts[count++] = json_text(each);
    return (ss_text_list) {texts, count};
}

ss_number_list ss_read_numbers(json array) {
    double *numbers = ss_take(json_count(array) * sizeof *numbers);
    uint32_t count = 0;
    for (json each = {0, 0}; json_next(array, &each);) numbers[count++] = json_number(each);
    return (ss_number_list) {numbers, count};
}

ss_number_lists ss_read_number_lists(json array) {
    ss_number_list *lists = ss_take(json_count(array) * sizeof *lists);
    uint32_t count = 0;
    for (json each = {0, 0}; json_next(array, &each);) lists[count++] = ss_read_numbers(each);
    return (ss_number_lists) {lists, count};
}

extism_handle ss_give(ss_writer *input) {
    json text = json_closed(input);
    return extism_block(text.start, (uint64_t) (text.end - text.start));
}

ss_answer ss_receive(extism_handle input, extism_handle answered, bool nullable) {
    extism_free(input);
    uint32_t length = (uint32_t) extism_length(answered);
    uint8_t *bytes = ss_take(length);
    extism_read(answered, bytes, length);
    extism_free(answered);

    ss_text text = {(const char *) bytes, length};
    json answer = json_of_text(text);
    json ok = json_member(answer, "ok");
    if (json_is_object(ok) || (nullable && !json_is_nothing(ok) && json_is_null(ok))) return (ss_answer) {.ok = ok};
    json error = json_member(answer, "error");
    if (!json_is_object(error)) return (ss_answer) {.problem = {SS_TEXT(SS_CODE_ANSWER_UNREADABLE), text}};
    return (ss_answer) {.problem = {json_text(json_member(error, "code")), json_text(json_member(error, "message"))}};
}
