/* Texts and memory without a C library. */
#ifndef STORYSIGN_TEXT_H
#define STORYSIGN_TEXT_H

#include <stdbool.h>
#include <stdint.h>

/** UTF-8, which need not end with a zero byte. No text at all when `bytes` is NULL. */
typedef struct {
    const char *bytes;
    uint32_t length;
} ss_text;

/** A text that stands in the source. */
#define SS_TEXT(words) ((ss_text) {(words), sizeof(words) - 1})

/** Whether it is exactly this. */
bool ss_is(ss_text text, const char *words);

/** Memory that is only taken: each call begins with a new instance, so nothing has to be given back. Traps when there is no more. */
void *ss_take(uint32_t length);

/** Bytes that are written piece by piece; they take the room they need. */
typedef struct {
    char *bytes;
    uint32_t length;
    uint32_t room;
} ss_writer;

ss_writer ss_written(void);
void ss_add(ss_writer *to, const char *words);
void ss_add_text(ss_writer *to, ss_text text);
void ss_add_bytes(ss_writer *to, const char *bytes, uint32_t length);
void ss_add_integer(ss_writer *to, int64_t value);

static inline ss_text ss_text_of(const ss_writer *from) {
    return (ss_text) {from->bytes, from->length};
}

#endif
