#include "text.h"

#include <stddef.h>

#define PAGE 65536
#define LEAST_ROOM 256

extern uint8_t __heap_base;
static uint8_t *next_free = &__heap_base;

void *ss_take(uint32_t length) {
    uint8_t *taken = (uint8_t *) (((uintptr_t) next_free + 7) & ~(uintptr_t) 7);
    uintptr_t have = __builtin_wasm_memory_size(0) * PAGE;
    if (length > UINT32_MAX - (uintptr_t) taken - PAGE) __builtin_trap();
    next_free = taken + length;
    if ((uintptr_t) next_free > have) {
        uintptr_t pages = ((uintptr_t) next_free - have + PAGE - 1) / PAGE;
        if (__builtin_wasm_memory_grow(0, pages) == (size_t) -1) __builtin_trap();
    }
    return taken;
}

bool ss_is(ss_text text, const char *words) {
    uint32_t at = 0;
    while (at < text.length && words[at] == text.bytes[at] && words[at] != 0) at++;
    return text.bytes != 0 && at == text.length && words[at] == 0;
}

ss_writer ss_written(void) {
    return (ss_writer) {ss_take(LEAST_ROOM), 0, LEAST_ROOM};
}

/** Room for so many bytes more: where nothing was taken since, right behind, else elsewhere and twice as much as it was. */
static void make_room(ss_writer *to, uint32_t length) {
    uint32_t more = (to->length + length - to->room + LEAST_ROOM) & ~(uint32_t) 7;
    if ((uint8_t *) to->bytes + to->room == next_free) {
        ss_take(more);
        to->room += more;
        return;
    }
    char *larger = ss_take(2 * to->room + more);
    __builtin_memcpy(larger, to->bytes, to->length);
    to->bytes = larger;
    to->room = 2 * to->room + more;
}

void ss_add_bytes(ss_writer *to, const char *bytes, uint32_t length) {
    if (length > to->room - to->length) make_room(to, length);
    __builtin_memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

void ss_add(ss_writer *to, const char *words) {
    uint32_t length = 0;
    while (words[length] != 0) length++;
    ss_add_bytes(to, words, length);
}

void ss_add_text(ss_writer *to, ss_text text) {
    ss_add_bytes(to, text.bytes, text.length);
}

void ss_add_integer(ss_writer *to, int64_t value) {
    char digits[20];
    uint32_t at = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t) value : (uint64_t) value;
    do {
        digits[--at] = (char) ('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0) ss_add(to, "-");
    ss_add_bytes(to, digits + at, sizeof digits - at);
}
