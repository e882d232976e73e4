/*
 * The Extism ABI 1.x for freestanding C, as much of it as most plugins need. Extism's own C kit is one header that no package
 * registry carries; this one is ours, and small enough to be copied.
 *
 * A block is a piece of memory on the host's side, named by its handle: a non-zero address there. 0 stands for no block.
 * What a call has not freed is freed when it ends.
 */
#ifndef EXTISM_H
#define EXTISM_H

#include <stddef.h>
#include <stdint.h>

#define EXTISM_ENV(name) __attribute__((import_module("extism:host/env"), import_name(name))) extern

/** A function of the platform: takes the handle of a block with JSON, gives another. Needs the permission the platform names. */
#define EXTISM_USER(name) __attribute__((import_module("extism:host/user"), import_name(name))) extern

/** A function the platform may call: takes nothing and gives 0, or another number when it failed. */
#define EXTISM_EXPORT(name) __attribute__((export_name(name))) int32_t

typedef uint64_t extism_handle;

EXTISM_ENV("input_length") uint64_t extism_input_length(void);
EXTISM_ENV("input_load_u8") uint8_t extism_input_load_u8(uint64_t offset);
EXTISM_ENV("input_load_u64") uint64_t extism_input_load_u64(uint64_t offset);
EXTISM_ENV("output_set") void extism_output_set(extism_handle block, uint64_t length);
EXTISM_ENV("error_set") void extism_error_set(extism_handle block);

EXTISM_ENV("alloc") extism_handle extism_alloc(uint64_t length);
EXTISM_ENV("free") void extism_free(extism_handle block);
EXTISM_ENV("length") uint64_t extism_length(extism_handle block);
EXTISM_ENV("load_u8") uint8_t extism_load_u8(uint64_t address);
EXTISM_ENV("load_u64") uint64_t extism_load_u64(uint64_t address);
EXTISM_ENV("store_u8") void extism_store_u8(uint64_t address, uint8_t value);
EXTISM_ENV("store_u64") void extism_store_u64(uint64_t address, uint64_t value);

/* These free the blocks they are given. */
EXTISM_ENV("config_get") extism_handle extism_config_get(extism_handle key);
EXTISM_ENV("var_get") extism_handle extism_var_get(extism_handle key);
EXTISM_ENV("var_set") void extism_var_set(extism_handle key, extism_handle value);
EXTISM_ENV("log_debug") void extism_log_debug(extism_handle text);
EXTISM_ENV("log_info") void extism_log_info(extism_handle text);
EXTISM_ENV("log_warn") void extism_log_warn(extism_handle text);
EXTISM_ENV("log_error") void extism_log_error(extism_handle text);

/** Reads the whole input; `bytes` has room for extism_input_length(). Eight bytes at a time: each step is a call of the host. */
static inline void extism_read_input(uint8_t *bytes) {
    uint64_t length = extism_input_length(), at = 0;
    for (; at + 8 <= length; at += 8) {
        uint64_t word = extism_input_load_u64(at);
        __builtin_memcpy(bytes + at, &word, 8);
    }
    for (; at < length; at++) bytes[at] = extism_input_load_u8(at);
}

/** Reads the first `length` bytes of a block. */
static inline void extism_read(extism_handle block, uint8_t *bytes, uint64_t length) {
    uint64_t at = 0;
    for (; at + 8 <= length; at += 8) {
        uint64_t word = extism_load_u64(block + at);
        __builtin_memcpy(bytes + at, &word, 8);
    }
    for (; at < length; at++) bytes[at] = extism_load_u8(block + at);
}

/** A new block with these bytes. */
static inline extism_handle extism_block(const void *bytes, uint64_t length) {
    const uint8_t *from = bytes;
    extism_handle block = extism_alloc(length);
    uint64_t at = 0;
    for (; at + 8 <= length; at += 8) {
        uint64_t word;
        __builtin_memcpy(&word, from + at, 8);
        extism_store_u64(block + at, word);
    }
    for (; at < length; at++) extism_store_u8(block + at, from[at]);
    return block;
}

/** A new block with a text that ends with a zero byte. */
static inline extism_handle extism_text(const char *words) {
    uint64_t length = 0;
    while (words[length] != 0) length++;
    return extism_block(words, length);
}

#endif
