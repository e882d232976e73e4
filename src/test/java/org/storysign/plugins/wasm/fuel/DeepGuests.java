package org.storysign.plugins.wasm.fuel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Guests that call themselves without end, with frames of every shape that could be heavy. They export {@code main ()}. */
final class DeepGuests {

    private DeepGuests() {}

    static Map<String, String> all() {
        Map<String, String> guests = new LinkedHashMap<>();
        guests.put("plain", "(func $f (call $f)) (func (export \"main\") (call $f))");
        guests.put(
                "mutual",
                "(func $f (call $g)) (func $g (call $h)) (func $h (call $f)) (func (export \"main\") (call $f))");
        guests.put(
                "through a table",
                "(type $t (func)) (table 1 funcref) (elem (i32.const 0) $f)"
                        + "(func $f (type $t) (call_indirect (type $t) (i32.const 0))) (func (export \"main\") (call $f))");
        for (int count : new int[] {8, 60, 120}) {
            guests.put(count + " parameters", parameters(count));
            guests.put(count + " parameters through a table", parametersThroughTable(count));
        }
        for (int count : new int[] {31, 300, 900}) {
            guests.put(count + " locals", locals(count));
            guests.put(count + " operands", operands(count));
        }
        for (int count : new int[] {16, 62, 100}) {
            guests.put(count + " results", results(count));
        }
        guests.put("60 blocks", blocks(60));
        guests.put("30 operands to unwind", unwinding(30));
        guests.put("400 operands to unwind", unwinding(400));
        guests.put("too large for the compiler", large(false));
        guests.put("too large for the compiler, through a table", large(true));
        return guests;
    }

    static String named(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    private static String repeat(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(index -> text.replace("#", "" + index))
                .collect(Collectors.joining(" "));
    }

    private static String parameters(int count) {
        return "(func $f (param %s) (call $f %s)) (func (export \"main\") (call $f %s))"
                .formatted(
                        repeat(count, "i64"),
                        repeat(count, "(i64.add (local.get #) (i64.const 1))"),
                        repeat(count, "(i64.const #)"));
    }

    private static String parametersThroughTable(int count) {
        return ("(type $t (func (param %s))) (table 1 funcref) (elem (i32.const 0) $f)"
                        + "(func $f (type $t) (call_indirect (type $t) %s (i32.const 0)))"
                        + "(func (export \"main\") (call $f %s))")
                .formatted(repeat(count, "i64"), repeat(count, "(local.get #)"), repeat(count, "(i64.const #)"));
    }

    /** All alive across the call. */
    private static String locals(int count) {
        return "(global $x (mut i64) (i64.const 1)) (func $f (local %s) %s (call $f) %s) (func (export \"main\") (call $f))"
                .formatted(
                        repeat(count, "i64"),
                        repeat(count, "(local.set # (i64.mul (global.get $x) (i64.const #)))"),
                        repeat(count, "(global.set $x (i64.xor (global.get $x) (local.get #)))"));
    }

    /** All alive across the call. */
    private static String operands(int count) {
        return "(global $x (mut i64) (i64.const 1)) (func $f %s (call $f) %s) (func (export \"main\") (call $f))"
                .formatted(repeat(count, "(i64.mul (global.get $x) (i64.const #))"), repeat(count, "(global.set $x)"));
    }

    private static String results(int count) {
        return "(func $f (result %s) (call $f)) (func (export \"main\") (call $f) %s)"
                .formatted(repeat(count, "i64"), repeat(count, "(drop)"));
    }

    private static String blocks(int depth) {
        return "(func $f %s (call $f) %s) (func (export \"main\") (call $f))"
                .formatted(repeat(depth, "(block"), ")".repeat(depth));
    }

    /** Calls from where a branch would have to carry values over others. */
    private static String unwinding(int count) {
        return ("(global $x (mut i64) (i64.const 1))"
                        + "(func $f (result i64) (block (result i64) %s (i64.const 7) (br_if 0 (i32.wrap_i64 (global.get $x)))"
                        + " (call $f) (br 0)) (call $f) (i64.add))"
                        + "(func (export \"main\") (drop (call $f)))")
                .formatted(repeat(count, "(i64.mul (global.get $x) (i64.const #))"));
    }

    /** The JVM takes methods of 64 KB at most; larger ones are left to the interpreter, between compiled ones. */
    private static String large(boolean throughTable) {
        String call = throughTable ? "(call_indirect (type $t) (i32.const 0))" : "(call $g)";
        return ("(type $t (func)) (table 1 funcref) (elem (i32.const 0) $g) (global $x (mut i64) (i64.const 1))"
                        + "(func $f (type $t) (if (i64.eqz (global.get $x)) (then %s)) %s)"
                        + "(func $g (type $t) (call $f)) (func (export \"main\") (call $f))")
                .formatted(repeat(6_000, "(global.set $x (i64.mul (global.get $x) (i64.const #)))"), call);
    }
}
