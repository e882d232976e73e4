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

/* Where the last search ended: members are mostly asked for in the order in which they stand. */
static json last_object;
static const uint8_t *last_end;

/** The value of the member of that name, from the member at `at` on, up to the one at `stop`. */
static json find(json object, const uint8_t *at, const uint8_t *stop, const char *name) {
    const uint8_t *end = object.end;
    while (at < stop && *at == '"') {
        const uint8_t *key_end = after_string(at, end);
        if (key_end == end) return NOTHING;
        ss_text key = {(const char *) at + 1, (uint32_t) (key_end - at) - 2};
        at = after_space(key_end, end);
        if (at == end || *at != ':') return NOTHING;
        at = after_space(at + 1, end);
        json value = {at, after_value(at, end)};
        at = after_space(value.end, end);
        if (at < end && *at == ',') at = after_space(at + 1, end);
        if (ss_is(key, name)) {
            last_object = object;
            last_end = at;
            return value;
        }
    }
    return NOTHING;
}

json json_member(json object, const char *name) {
    const uint8_t *first = after_space(object.start, object.end);
    if (first == object.end || *first != '{') return NOTHING;
    first = after_space(first + 1, object.end);
    bool goes_on = object.start == last_object.start && object.end == last_object.end;
    const uint8_t *from = goes_on ? last_end : first;
    json found = find(object, from, object.end, name);
    return json_is_nothing(found) && goes_on ? find(object, first, from, name) : found;
}

bool json_next(json array, json *element) {
    if (!json_is_array(array)) return false;
    const uint8_t *last = array.end - 1;
    const uint8_t *at = after_space(element->start == 0 ? array.start + 1 : element->end, last);
    if (element->start != 0 && at < last && *at == ',') at = after_space(at + 1, last);
    *element = (json) {at, after_value(at, last)};
    return !json_is_nothing(*element);
}

uint32_t json_count(json array) {
    uint32_t count = 0;
    for (json each = {0, 0}; json_next(array, &each);) count++;
    return count;
}

ss_text json_string(json value) {
    if (value.end - value.start < 2 || *value.start != '"' || value.end[-1] != '"') return (ss_text) {0, 0};
    return (ss_text) {(const char *) value.start + 1, (uint32_t) (value.end - value.start) - 2};
}

/** Four hexadecimal digits. */
static uint32_t hexadecimal(const char *digits) {
    uint32_t value = 0;
    for (int at = 0; at < 4; at++) {
        char digit = digits[at] | 0x20;
        value = value << 4 | (uint32_t) (digit >= 'a' ? digit - 'a' + 10 : digits[at] - '0');
    }
    return value;
}

static char *put_point(char *to, uint32_t point) {
    if (point < 0x80) {
        *to++ = (char) point;
    } else if (point < 0x800) {
        *to++ = (char) (0xc0 | point >> 6);
        *to++ = (char) (0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        *to++ = (char) (0xe0 | point >> 12);
        *to++ = (char) (0x80 | (point >> 6 & 0x3f));
        *to++ = (char) (0x80 | (point & 0x3f));
    } else {
        *to++ = (char) (0xf0 | point >> 18);
        *to++ = (char) (0x80 | (point >> 12 & 0x3f));
        *to++ = (char) (0x80 | (point >> 6 & 0x3f));
        *to++ = (char) (0x80 | (point & 0x3f));
    }
    return to;
}

static char control(char escape) {
    switch (escape) {
        case 'n': return '\n';
        case 't': return '\t';
        case 'r': return '\r';
        case 'b': return '\b';
        case 'f': return '\f';
        default: return escape;
    }
}

/* Without its escapes a string is never longer. */
ss_text json_text(json value) {
    ss_text string = json_string(value);
    if (string.bytes == 0) return string;
    char *text = ss_take(string.length), *to = text;
    const char *end = string.bytes + string.length;
    for (const char *at = string.bytes; at < end; at++) {
        if (*at != '\\' || at + 1 == end) {
            *to++ = *at;
        } else if (*++at != 'u' || end - at < 5) {
            *to++ = control(*at);
        } else {
            uint32_t point = hexadecimal(at + 1);
            at += 4;
            if (point >> 10 == 0x36 && end - at > 6 && at[1] == '\\' && at[2] == 'u') {
                point = 0x10000 + ((point & 0x3ff) << 10 | (hexadecimal(at + 3) & 0x3ff));
                at += 6;
            }
            to = put_point(to, point);
        }
    }
    return (ss_text) {text, (uint32_t) (to - text)};
}

static bool is_digit(const uint8_t *at, const uint8_t *end) {
    return at < end && *at >= '0' && *at <= '9';
}

int64_t json_integer(json value) {
    const uint8_t *at = value.start;
    bool negative = at < value.end && *at == '-';
    uint64_t number = 0;
    for (at += negative; is_digit(at, value.end); at++) number = number * 10 + (*at - '0');
    return (int64_t) (negative ? 0 - number : number);
}

double json_number(json value) {
    const uint8_t *at = value.start;
    bool negative = at < value.end && *at == '-';
    double number = 0;
    int exponent = 0;
    for (at += negative; is_digit(at, value.end); at++) number = number * 10 + (*at - '0');
    if (at < value.end && *at == '.') {
        for (at++; is_digit(at, value.end); at++, exponent--) number = number * 10 + (*at - '0');
    }
    if (at < value.end && (*at | 0x20) == 'e') {
        bool down = *++at == '-';
        int power = 0;
        for (at += *at == '-' || *at == '+'; is_digit(at, value.end) && power < 400; at++) power = power * 10 + (*at - '0');
        exponent += down ? -power : power;
    }
    double scale = 1;
    for (int step = exponent < 0 ? -exponent : exponent; step > 0; step--) scale *= 10;
    number = exponent < 0 ? number / scale : number * scale;
    return negative ? -number : number;
}

bool json_boolean(json value) {
    return !json_is_nothing(value) && *value.start == 't';
}

static void add_quoted(ss_writer *to, ss_text text) {
    static const char HEXADECIMAL[] = "0123456789abcdef";
    ss_add(to, "\"");
    uint32_t from = 0;
    for (uint32_t at = 0; at < text.length; at++) {
        uint8_t c = (uint8_t) text.bytes[at];
        if (c >= ' ' && c != '"' && c != '\\') continue;
        char escape[6] = {'\\', (char) c};
        bool is_control = c < ' ';
        if (is_control) __builtin_memcpy(escape, (char[]) {'\\', 'u', '0', '0', (char) ('0' + (c >> 4)), HEXADECIMAL[c & 15]}, 6);
        ss_add_bytes(to, text.bytes + from, at - from);
        ss_add_bytes(to, escape, is_control ? 6 : 2);
        from = at + 1;
    }
    ss_add_bytes(to, text.bytes + from, text.length - from);
    ss_add(to, "\"");
}

/** Below this, the part before the point is an integer and nine decimals are exact enough. */
#define LARGEST_PLAIN 1e15

static void add_number(ss_writer *to, double value) {
    int exponent = 0;
    if (value != value || value - value != 0) {
        ss_add(to, "null");
        return;
    }
    if (value < 0) {
        ss_add(to, "-");
        value = -value;
    }
    for (; value >= LARGEST_PLAIN; exponent++) value /= 10;
    uint64_t whole = (uint64_t) value;
    uint64_t decimals = (uint64_t) ((value - (double) whole) * 1e9 + 0.5) + 1000000000;
    if (decimals == 2000000000) {
        whole++;
        decimals = 1000000000;
    }
    ss_add_integer(to, (int64_t) whole);
    uint32_t point = to->length;
    ss_add_integer(to, (int64_t) decimals);
    to->bytes[point] = '.';
    while (to->bytes[to->length - 1] == '0') to->length--;
    if (to->length == point + 1) to->length = point;
    if (exponent > 0) {
        ss_add(to, "e");
        ss_add_integer(to, exponent);
    }
}

static void begin_member(ss_writer *object, const char *name) {
    ss_add(object, object->length > 1 ? ",\"" : "\"");
    ss_add(object, name);
    ss_add(object, "\":");
}

ss_writer json_object(void) {
    ss_writer object = ss_written();
    ss_add(&object, "{");
    return object;
}

void json_put(ss_writer *object, const char *name, json value) {
    begin_member(object, name);
    if (json_is_nothing(value)) ss_add(object, "null");
    ss_add_text(object, json_raw(value));
}

void json_put_text(ss_writer *object, const char *name, ss_text text) {
    begin_member(object, name);
    add_quoted(object, text);
}

void json_put_integer(ss_writer *object, const char *name, int64_t value) {
    begin_member(object, name);
    ss_add_integer(object, value);
}

void json_put_number(ss_writer *object, const char *name, double value) {
    begin_member(object, name);
    add_number(object, value);
}

void json_put_boolean(ss_writer *object, const char *name, bool value) {
    begin_member(object, name);
    ss_add(object, value ? "true" : "false");
}

json json_closed(ss_writer *object) {
    ss_add(object, "}");
    return json_of_text(ss_text_of(object));
}

static void begin_element(ss_writer *array) {
    if (array->length > 1) ss_add(array, ",");
}

ss_writer json_array(void) {
    ss_writer array = ss_written();
    ss_add(&array, "[");
    return array;
}

void json_push(ss_writer *array, json value) {
    begin_element(array);
    ss_add_text(array, json_raw(value));
}

void json_push_text(ss_writer *array, ss_text text) {
    begin_element(array);
    add_quoted(array, text);
}

void json_push_number(ss_writer *array, double value) {
    begin_element(array);
    add_number(array, value);
}

json json_ended(ss_writer *array) {
    ss_add(array, "]");
    return json_of_text(ss_text_of(array));
}
