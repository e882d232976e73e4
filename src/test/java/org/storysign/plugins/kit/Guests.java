package org.storysign.plugins.kit;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Small plugins in the text format, each with one export {@code handle}. */
public final class Guests {

    private Guests() {}

    /** Answers with this text, whatever it is given. */
    public static String answering(String text) {
        return saying(text, "(import \"extism:host/env\" \"output_set\" (func $say (param i64 i64)))", length ->
                """
                (call $say (local.get $at) (i64.const %d))""".formatted(length));
    }

    /** Calls a function of the platform with this text, whatever it is given, and answers nothing. */
    public static String calling(String function, String text) {
        return saying(
                text,
                "(import \"extism:host/user\" \"" + function + "\" (func $say (param i64) (result i64)))",
                length -> "(drop (call $say (local.get $at)))");
    }

    /** Logs this text at level info, whatever it is given, and answers nothing. */
    public static String logging(String text) {
        return saying(
                text,
                "(import \"extism:host/env\" \"log_info\" (func $say (param i64)))",
                length -> "(call $say (local.get $at))");
    }

    /** Exports {@code run}: hands its input to a function of the platform so many times, and answers with what that says last. */
    public static String handingOver(String function, int times) {
        return """
                (module
                  (import "extism:host/env" "input_offset" (func $input (result i64)))
                  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
                  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                  (import "extism:host/user" "%s" (func $platform (param i64) (result i64)))
                  (memory (export "memory") 1)
                  (func (export "run") (result i32)
                    (local $answer i64) (local $left i32)
                    (local.set $left (i32.const %d))
                    (loop $again
                      (local.set $answer (call $platform (call $input)))
                      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
                    (call $output (local.get $answer) (call $length (local.get $answer)))
                    (i32.const 0)))
                """.formatted(function, times);
    }

    private static String saying(String text, String imported, IntFunction<String> say) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
              %3$s
              (memory (export "memory") 1)
              (data (i32.const 0) "%1$s")
              (func (export "handle") (result i32)
                (local $at i64) (local $i i64)
                (local.set $at (call $alloc (i64.const %2$d)))
                (block $done
                  (loop $next
                    (br_if $done (i64.ge_u (local.get $i) (i64.const %2$d)))
                    (call $store
                      (i64.add (local.get $at) (local.get $i))
                      (i32.load8_u (i32.wrap_i64 (local.get $i))))
                    (local.set $i (i64.add (local.get $i) (i64.const 1)))
                    (br $next)))
                %4$s
                (i32.const 0)))""".formatted(escaped(bytes), bytes.length, imported, say.apply(bytes.length));
    }

    /** Answers nothing. */
    public static String silent() {
        return handle("(i32.const 0)");
    }

    /** Says that it failed. */
    public static String failing() {
        return handle("(i32.const 7)");
    }

    /** Aborts. */
    public static String aborting() {
        return handle("(unreachable)");
    }

    /** Never ends by itself. */
    public static String looping() {
        return handle("(loop $again (br $again)) (unreachable)");
    }

    /** Asks a function of the platform the same thing each time and answers with what that says. */
    public static String asking(String function, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "length" (func $length (param i64) (result i64)))
              (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (import "extism:host/user" "%1$s" (func $platform (param i64) (result i64)))
              (memory (export "memory") 1)
              (data (i32.const 0) "%2$s")
              (func (export "handle") (result i32)
                (local $at i64) (local $i i64)
                (local.set $at (call $alloc (i64.const %3$d)))
                (block $done
                  (loop $next
                    (br_if $done (i64.ge_u (local.get $i) (i64.const %3$d)))
                    (call $store
                      (i64.add (local.get $at) (local.get $i))
                      (i32.load8_u (i32.wrap_i64 (local.get $i))))
                    (local.set $i (i64.add (local.get $i) (i64.const 1)))
                    (br $next)))
                (local.set $at (call $platform (local.get $at)))
                (call $output (local.get $at) (call $length (local.get $at)))
                (i32.const 0)))""".formatted(function, escaped(bytes), bytes.length);
    }

    /**
     * Keeps a key {@code <event id>/<invocation id>} for each event it is told of, and takes a moment over it. Both ids stand at the end
     * of its input: its last characters are the event's id and two braces.
     */
    public static String recording() {
        return """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "input_offset" (func $input (result i64)))
              (import "extism:host/env" "length" (func $length (param i64) (result i64)))
              (import "extism:host/env" "load_u8" (func $load (param i64) (result i32)))
              (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
              (import "extism:host/user" "storage_set" (func $set (param i64) (result i64)))
              (memory (export "memory") 1)
              (data (i32.const 0) "%s")
              (func $copy (param $to i64) (param $from i64)
                (local $i i64)
                (loop $next
                  (call $store
                    (i64.add (local.get $to) (local.get $i))
                    (call $load (i64.add (local.get $from) (local.get $i))))
                  (local.set $i (i64.add (local.get $i) (i64.const 1)))
                  (br_if $next (i64.lt_u (local.get $i) (i64.const 36)))))
              (func (export "handle") (result i32)
                (local $at i64) (local $i i64) (local $end i64)
                (local.set $at (call $alloc (i64.const 93)))
                (loop $next
                  (call $store
                    (i64.add (local.get $at) (local.get $i))
                    (i32.load8_u (i32.wrap_i64 (local.get $i))))
                  (local.set $i (i64.add (local.get $i) (i64.const 1)))
                  (br_if $next (i64.lt_u (local.get $i) (i64.const 93))))
                (local.set $end (i64.add (call $input) (call $length (call $input))))
                (call $copy
                  (i64.add (local.get $at) (i64.const 8)) (i64.sub (local.get $end) (i64.const 39)))
                (call $copy
                  (i64.add (local.get $at) (i64.const 45)) (i64.sub (local.get $end) (i64.const 89)))
                (local.set $i (i64.const 0))
                (loop $moment
                  (local.set $i (i64.add (local.get $i) (i64.const 1)))
                  (br_if $moment (i64.lt_u (local.get $i) (i64.const 1000000))))
                (drop (call $set (local.get $at)))
                (i32.const 0)))""".formatted(escaped(("{\"key\":\"" + "-".repeat(36) + "/" + "-".repeat(36) + "\",\"value\":1}")
                .getBytes(StandardCharsets.UTF_8)));
    }

    private static String handle(String body) {
        return "(module (memory (export \"memory\") 1) (func (export \"handle\") (result i32) " + body + "))";
    }

    private static String escaped(byte[] bytes) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : bytes) {
            escaped.append("\\%02x".formatted(each & 0xFF));
        }
        return escaped.toString();
    }
}
