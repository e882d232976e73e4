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
