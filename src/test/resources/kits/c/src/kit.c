/* Uses every part of the C declarations (wasm-plugins/sdk/c/extism.h). */
#include "extism.h"

#define LARGE 65536
/* More than a call may have at once, if nothing were freed. */
#define TIMES 1100
#define LARGEST_INPUT (1 << 20)

static uint8_t bytes[LARGEST_INPUT];
static uint8_t text[256];
static uint32_t length;

static void add_bytes(const uint8_t *from, uint64_t count) {
    for (uint64_t at = 0; at < count && length < sizeof text; at++) text[length++] = from[at];
}

static void add(const char *words) {
    uint64_t count = 0;
    while (words[count] != 0) count++;
    add_bytes((const uint8_t *) words, count);
}

/** Adds what a block says; `otherwise` when there is no block. */
static void add_block(extism_handle block, const char *otherwise) {
    uint64_t count = extism_length(block);
    if (count == 0) {
        add(otherwise);
    } else {
        extism_read(block, bytes, count);
        add_bytes(bytes, count);
    }
}

static int32_t give(void) {
    extism_output_set(extism_block(text, length), length);
    return 0;
}

static extism_handle input(void) {
    extism_read_input(bytes);
    return extism_block(bytes, extism_input_length());
}

/** Gives its input back. */
EXTISM_EXPORT("echo") echo(void) {
    extism_output_set(input(), extism_input_length());
    return 0;
}

/** Greets who is configured. */
EXTISM_EXPORT("greet") greet(void) {
    add("Hello, ");
    add_block(extism_config_get(extism_text("name")), "nobody");
    return give();
}

/** Keeps its input as a variable and removes it again. */
EXTISM_EXPORT("vars") vars(void) {
    add_block(extism_var_get(extism_text("word")), "none");
    add(" ");
    extism_var_set(extism_text("word"), input());
    add_block(extism_var_get(extism_text("word")), "none");
    add(" ");
    extism_var_set(extism_text("word"), 0);
    add_block(extism_var_get(extism_text("word")), "none");
    return give();
}

/** Says what its input says, and fails. */
EXTISM_EXPORT("fail") fail(void) {
    extism_error_set(input());
    return 7;
}

/** Logs its input at four levels. */
EXTISM_EXPORT("logs") logs(void) {
    extism_log_debug(input());
    extism_log_info(input());
    extism_log_warn(input());
    extism_log_error(input());
    return 0;
}

/** Takes memory of the host, writes and reads it, and gives it back, many times. */
EXTISM_EXPORT("blocks") blocks(void) {
    extism_handle block = extism_text("twenty-one characters");
    add_block(block, "none");
    extism_free(block);
    for (int i = 0; i < TIMES; i++) extism_free(extism_alloc(LARGE));
    return give();
}
