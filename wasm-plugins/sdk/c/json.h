/* JSON: found where it stands in a text, and written member by member. Whatever is not as expected is simply not found. */
#ifndef STORYSIGN_JSON_H
#define STORYSIGN_JSON_H

#include "text.h"

/** A stretch of JSON text: one value, as it is written there. Nothing when both ends are the same. */
typedef struct {
    const uint8_t *start;
    const uint8_t *end;
} json;

/** JSON that stands in the source: `SS_JSON({"points": 91})`. */
#define SS_JSON(...) json_of_text(SS_TEXT(#__VA_ARGS__))

/** The value that a text is. */
static inline json json_of_text(ss_text text) {
    return (json) {(const uint8_t *) text.bytes, (const uint8_t *) text.bytes + text.length};
}

static inline ss_text json_raw(json value) {
    return (ss_text) {(const char *) value.start, (uint32_t) (value.end - value.start)};
}

static inline bool json_is_nothing(json value) {
    return value.start == value.end;
}

/** Whether it is null, or nothing. */
static inline bool json_is_null(json value) {
    return json_is_nothing(value) || *value.start == 'n';
}

static inline bool json_is_object(json value) {
    return !json_is_nothing(value) && *value.start == '{';
}

static inline bool json_is_array(json value) {
    return !json_is_nothing(value) && *value.start == '[';
}

/** The value of an object's member; nothing when there is no object or no such member. */
json json_member(json object, const char *name);

/** Goes on to an array's next element, from nothing to the first: `for (json each = {0}; json_next(array, &each);)`. */
bool json_next(json array, json *element);

uint32_t json_count(json array);

/** A string, without its escapes; no text when it is no string. */
ss_text json_text(json value);

/** What stands between the quotes of a string, escapes as they are; no text when it is no string. */
ss_text json_string(json value);

/** A whole number; 0 when it is none. */
int64_t json_integer(json value);

/** A number, to about 15 digits; 0 when it is none. */
double json_number(json value);

bool json_boolean(json value);

/* An object is begun, gets members, and is closed. */

ss_writer json_object(void);
void json_put(ss_writer *object, const char *name, json value);
void json_put_text(ss_writer *object, const char *name, ss_text text);
void json_put_integer(ss_writer *object, const char *name, int64_t value);
/** With at most nine decimals. */
void json_put_number(ss_writer *object, const char *name, double value);
void json_put_boolean(ss_writer *object, const char *name, bool value);
json json_closed(ss_writer *object);

/* The same for an array. */

ss_writer json_array(void);
void json_push(ss_writer *array, json value);
void json_push_text(ss_writer *array, ss_text text);
void json_push_number(ss_writer *array, double value);
json json_ended(ss_writer *array);

#endif
