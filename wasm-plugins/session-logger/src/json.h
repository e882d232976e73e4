/* Just enough JSON to find members and to hand values on byte by byte. Whatever is not as expected is simply not found. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stdint.h>

/** A stretch of JSON text: one value, as it is written there. Nothing when both ends are the same. */
typedef struct {
    const uint8_t *start;
    const uint8_t *end;
} json;

/** The value of an object's member; nothing when there is no object or no such member. */
json json_member(json object, const char *name);

/** What stands between the quotes of a string, escapes as they are; nothing when the value is no string. */
json json_string(json value);

/** Whether it is the string with exactly these characters, none of them escaped. */
bool json_is(json value, const char *words);

static inline bool json_is_nothing(json value) {
    return value.start == value.end;
}

#endif
