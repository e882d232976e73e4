package org.storysign.plugins.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/**
 * Any bytes as a program of kernel calls: a guest reads its input, 17 bytes a step, and calls the function of that number with two
 * arguments. Whatever they are, it returns or is stopped by name.
 */
public final class AbiFuzz {

    private static final int STEP = 17;
    private static final List<String> FUNCTIONS = List.of(
            "alloc",
            "free",
            "length",
            "load_u8",
            "load_u64",
            "store_u8",
            "store_u64",
            "input_load_u8",
            "input_load_u64",
            "output_set",
            "error_set",
            "config_get",
            "var_get",
            "var_set",
            "http_request",
            "log_info",
            "reset",
            "error_get",
            "memory_bytes",
            "http_headers");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("free", "a"),
            Map.entry("store_u8", "ai"),
            Map.entry("store_u64", "ab"),
            Map.entry("output_set", "ab"),
            Map.entry("error_set", "a"),
            Map.entry("var_set", "ab"),
            Map.entry("log_info", "a"),
            Map.entry("reset", ""),
            Map.entry("load_u8", "a:i"),
            Map.entry("input_load_u8", "a:i"),
            Map.entry("http_request", "ab:l"),
            Map.entry("error_get", ":l"),
            Map.entry("memory_bytes", ":l"),
            Map.entry("http_headers", ":l"));

    private static final String GUEST = guest();

    private AbiFuzz() {}

    /** Called by Jazzer, once, so that its first executions are not the slow ones. */
    public static void fuzzerInitialize() {
        seeds().forEach(AbiFuzz::fuzzerTestOneInput);
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        answer(bytes);
    }

    /** How the guest ended. */
    static String answer(byte[] bytes) {
        byte[] program = Arrays.copyOf(bytes, Math.min(bytes.length, 200 * STEP));
        TestCall call = TestCall.of(GUEST)
                .input(program)
                .config(Map.of("a", "b"))
                .limits(limits -> SecurityLevel.ISOLATED
                        .limits()
                        .withRunTime(limits.runTime().multipliedBy(30)));
        CallResult result = TestSandbox.on(Tiering.COMPILED).call(call);
        result.log().forEach(line -> Promise.requireCleanText(line.text()));
        if (result instanceof CallResult.Trapped trapped) {
            Promise.requireCleanText(trapped.trap().message());
            if (trapped.trap() instanceof Trap.EngineFault) {
                throw new AssertionError("the engine failed");
            }
            return trapped.trap().code().code();
        }
        return "returned";
    }

    /**
     * Arguments are taken as they are, but for a first byte of 128 or more: then the first one is an offset to the last result, so
     * that programs can use what they are given.
     */
    private static String guest() {
        StringBuilder imports = new StringBuilder();
        StringBuilder cases = new StringBuilder();
        for (int number = 0; number < FUNCTIONS.size(); number++) {
            String function = FUNCTIONS.get(number);
            String type = TYPES.getOrDefault(function, "a:l");
            String params = type.split(":", -1)[0];
            String result = type.contains(":") ? type.split(":", -1)[1] : "";
            imports.append("(import \"extism:host/env\" \"%s\" (func $%s %s %s))\n"
                    .formatted(function, function, params(params), result(result)));
            cases.append("(if (i32.eq (local.get $op) (i32.const %d)) (then %s))\n"
                    .formatted(number, kept(result, "(call $" + function + arguments(params) + ")")));
        }
        return """
                (module
                  %s(import "extism:host/env" "input_length" (func $input_length (result i64)))
                  (func (export "run") (local $at i64) (local $op i32) (local $a i64) (local $b i64) (local $last i64)
                    (loop $step
                      (local.set $op (call $input_load_u8 (local.get $at)))
                      (local.set $a (call $input_load_u64 (i64.add (local.get $at) (i64.const 1))))
                      (local.set $b (call $input_load_u64 (i64.add (local.get $at) (i64.const 9))))
                      (if (i32.ge_u (local.get $op) (i32.const 128))
                        (then (local.set $a (i64.add (local.get $a) (local.get $last)))))
                      (local.set $op (i32.rem_u (i32.and (local.get $op) (i32.const 127)) (i32.const %d)))
                      %s
                      (local.set $at (i64.add (local.get $at) (i64.const %d)))
                      (br_if $step (i64.lt_u (local.get $at) (call $input_length))))))
                """.formatted(imports, FUNCTIONS.size(), cases, STEP);
    }

    private static String params(String params) {
        StringBuilder types = new StringBuilder();
        params.chars().forEach(param -> types.append(param == 'i' ? " (param i32)" : " (param i64)"));
        return types.toString();
    }

    private static String result(String result) {
        return result.isEmpty() ? "" : result.equals("i") ? "(result i32)" : "(result i64)";
    }

    private static String arguments(String params) {
        StringBuilder arguments = new StringBuilder();
        params.chars()
                .forEach(param -> arguments.append(
                        param == 'i'
                                ? " (i32.wrap_i64 (local.get $b))"
                                : param == 'b' ? " (local.get $b)" : " (local.get $a)"));
        return arguments.toString();
    }

    private static String kept(String result, String call) {
        return switch (result) {
            case "" -> call;
            case "i" -> "(drop " + call + ")";
            default -> "(local.set $last " + call + ")";
        };
    }

    /** Programs of all functions, with small numbers so that blocks are met. */
    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            byte[] program = new byte[STEP * (4 + random.nextInt(30))];
            for (int at = 0; at < program.length; at += STEP) {
                program[at] = (byte) random.nextInt(256);
                program[at + 1] = (byte) random.nextInt(64);
                program[at + 9] = (byte) random.nextInt(64);
                program[at + 10] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0);
            }
            seeds.add(program);
        }
        return seeds;
    }
}
