package org.storysign.plugins.plugin;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Modules in the text format whose exports do one thing each. */
final class TestModules {

    private TestModules() {}

    /** One function of a module: its export and its body, which leaves an i32. */
    record Export(String name, String body) {

        /** Ends well. */
        static Export quiet(String name) {
            return new Export(name, "(i32.const 0)");
        }

        /** Says that it failed. */
        static Export failing(String name) {
            return new Export(name, "(i32.const 7)");
        }

        static Export looping(String name) {
            return new Export(name, "(loop $again (br $again)) (unreachable)");
        }

        /** Gives its input back as output. */
        static Export echoing(String name) {
            return new Export(name, "(call $output (call $input) (call $length (call $input))) (i32.const 0)");
        }
    }

    static String of(Export... exports) {
        return module("", "", exports);
    }

    /**
     * The first exports do one thing each; the export {@code save} hands {@code json} to {@code storage_set} and answers with what that
     * says.
     */
    static String saving(String save, String json, Export... others) {
        String body = """
                %s
                (local.set $at (call $set (local.get $at)))
                (call $output (local.get $at) (call $length (local.get $at)))
                (i32.const 0)
                """.formatted(allocating(json));
        Export[] all = Arrays.copyOf(others, others.length + 1);
        all[others.length] = new Export(save, body);
        return module(
                "(import \"extism:host/user\" \"storage_set\" (func $set (param i64) (result i64)))", data(json), all);
    }

    /** The export {@code name} answers {@code json}, whatever it is asked; the others do one thing each. */
    static String answering(String name, String json, Export... others) {
        String body = """
                %s
                (call $output (local.get $at) (call $length (local.get $at)))
                (i32.const 0)
                """.formatted(allocating(json));
        Export[] all = Arrays.copyOf(others, others.length + 1);
        all[others.length] = new Export(name, body);
        return module("", data(json), all);
    }

    /** Leaves the handle of a block with the data in {@code $at}. */
    private static String allocating(String json) {
        return """
                (local $at i64) (local $i i64)
                (local.set $at (call $alloc (i64.const %1$d)))
                (block $done
                  (loop $next
                    (br_if $done (i64.ge_u (local.get $i) (i64.const %1$d)))
                    (call $store (i64.add (local.get $at) (local.get $i)) (i32.load8_u (i32.wrap_i64 (local.get $i))))
                    (local.set $i (i64.add (local.get $i) (i64.const 1)))
                    (br $next)))
                """.formatted(json.length());
    }

    private static String data(String json) {
        return "(data (i32.const 0) \"" + json.replace("\"", "\\22") + "\")";
    }

    /** A start function that aborts. */
    static String brokenStart() {
        return """
                (module (memory (export "memory") 1)
                  (func $start unreachable) (start $start)
                  (func (export "run") (result i32) (i32.const 0)))
                """;
    }

    private static String module(String imports, String data, Export... exports) {
        return """
                (module
                  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
                  (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
                  (import "extism:host/env" "input_offset" (func $input (result i64)))
                  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
                  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                  %s
                  (memory (export "memory") 1)
                  %s
                  %s)
                """.formatted(
                imports,
                data,
                Arrays.stream(exports)
                        .map(export -> "(func (export \"%s\") (result i32) %s)".formatted(export.name(), export.body()))
                        .collect(Collectors.joining("\n")));
    }
}
