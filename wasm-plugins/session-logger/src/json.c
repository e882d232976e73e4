#include "json.h"

static const json NOTHING = {0, 0};

static const uint8_t *after_space(const uint8_t *at, const uint8_t *end) {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
    return at;
}

/** Behind the string that begins at `at`. */
static const uint8_t *after_string(const uint8_t *at, const uint8_t *end) {
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\\') at++;
    }
    return at < end ? at + 1 : end;
}

/** Behind the value that begins at `at`. */
static const uint8_t *after_value(const uint8_t *at, const uint8_t *end) {
    int depth = 0;
    while (at < end) {
        if (*at == '"') {
            at = after_string(at, end);
        } else if (*at == '{' || *at == '[') {
            depth++;
            at++;
        } else if (*at == '}' || *at == ']') {
            depth--;
            at++;
        } else if (depth == 0) {
            while (at < end && *at != ',' && *at != '}' && *at != ']' && *at > ' ') at++;
        } else {
            at++;
        }
        if (depth <= 0) break;
    }
    return at;
}

static bool spells(json text, const char *name) {
    const uint8_t *at = text.start;
    while (at < text.end && *name == (char) *at && *name != 0) {
        at++;
        name++;
    }
    return at == text.end && *name == 0;
}

json json_member(json object, const char *name) {
    const uint8_t *end = object.end;
    const uint8_t *at = after_space(object.start, end);
    if (at == end || *at != '{') return NOTHING;
    at = after_space(at + 1, end);
    while (at < end && *at == '"') {
        const uint8_t *key_end = after_string(at, end);
        json key = {at + 1, key_end - 1};
        at = after_space(key_end, end);
        if (at == end || *at != ':') return NOTHING;
        at = after_space(at + 1, end);
        json value = {at, after_value(at, end)};
        if (spells(key, name)) return value;
        at = after_space(value.end, end);
        if (at == end || *at != ',') return NOTHING;
        at = after_space(at + 1, end);
    }
    return NOTHING;
}

json json_string(json value) {
    if (value.end - value.start < 2 || *value.start != '"' || value.end[-1] != '"') return NOTHING;
    return (json) {value.start + 1, value.end - 1};
}

bool json_is(json value, const char *words) {
    json string = json_string(value);
    return !json_is_nothing(string) && spells(string, words);
}
