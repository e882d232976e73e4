package org.storysign.plugins.abi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.LogLine;

/**
 * {@code extism:host/env}: blocks, input, output, error, configuration, variables and log. What the functions mean:
 * decisions/003. Those that take a key or a text free its block, as the kits expect.
 */
final class KernelFunctions {

    static final String MODULE = "extism:host/env";

    private KernelFunctions() {}

    static List<HostFunction> all() {
        return List.of(
                function("alloc", "l", "l", FuelPrice.LOOKUP, (call, frame, args) -> {
                    call.charge(FuelPrice.copying(
                            Math.max(0, Math.min(args[0], call.limits().memory().bytes()))));
                    return frame.memory().allocate(args[0]);
                }),
                function("free", "l", "", FuelPrice.LOOKUP, (call, frame, args) -> {
                    frame.memory().free(args[0]);
                    return 0;
                }),
                function(
                        "length",
                        "l",
                        "l",
                        FuelPrice.ACCESS,
                        (call, frame, args) -> frame.memory().length(args[0])),
                function(
                        "length_unsafe",
                        "l",
                        "l",
                        FuelPrice.ACCESS,
                        (call, frame, args) -> frame.memory().length(args[0])),
                function(
                        "load_u8",
                        "l",
                        "i",
                        FuelPrice.ACCESS,
                        (call, frame, args) -> frame.memory().loadByte(args[0])),
                function(
                        "load_u64",
                        "l",
                        "l",
                        FuelPrice.ACCESS,
                        (call, frame, args) -> frame.memory().loadLong(args[0])),
                function("store_u8", "li", "", FuelPrice.ACCESS, (call, frame, args) -> {
                    frame.memory().storeByte(args[0], (int) args[1]);
                    return 0;
                }),
                function("store_u64", "ll", "", FuelPrice.ACCESS, (call, frame, args) -> {
                    frame.memory().storeLong(args[0], args[1]);
                    return 0;
                }),
                function("input_offset", "", "l", FuelPrice.ACCESS, (call, frame, args) -> frame.input()),
                function("input_length", "", "l", FuelPrice.ACCESS, (call, frame, args) -> frame.inputLength()),
                function(
                        "input_load_u8",
                        "l",
                        "i",
                        FuelPrice.ACCESS,
                        (call, frame, args) ->
                                isInput(frame, args[0], 1) ? frame.memory().loadByte(frame.input() + args[0]) : 0),
                function(
                        "input_load_u64",
                        "l",
                        "l",
                        FuelPrice.ACCESS,
                        (call, frame, args) ->
                                isInput(frame, args[0], 8) ? frame.memory().loadLong(frame.input() + args[0]) : 0),
                function(
                        "memory_bytes",
                        "",
                        "l",
                        FuelPrice.ACCESS,
                        (call, frame, args) -> frame.memory().size()),
                function("reset", "", "", FuelPrice.LOOKUP, (call, frame, args) -> {
                    frame.reset();
                    return 0;
                }),
                function("output_set", "ll", "", FuelPrice.ACCESS, (call, frame, args) -> {
                    frame.setOutput(args[0], args[1]);
                    return 0;
                }),
                function("error_set", "l", "", FuelPrice.ACCESS, (call, frame, args) -> {
                    frame.setError(args[0]);
                    return 0;
                }),
                function("error_get", "", "l", FuelPrice.ACCESS, (call, frame, args) -> frame.error()),
                function("config_get", "l", "l", FuelPrice.LOOKUP, KernelFunctions::configGet),
                function("var_get", "l", "l", FuelPrice.LOOKUP, KernelFunctions::varGet),
                function("var_set", "ll", "", FuelPrice.LOOKUP, KernelFunctions::varSet),
                log("log_trace", LogLine.Level.TRACE),
                log("log_debug", LogLine.Level.DEBUG),
                log("log_info", LogLine.Level.INFO),
                log("log_warn", LogLine.Level.WARN),
                log("log_error", LogLine.Level.ERROR),
                function(
                        "get_log_level",
                        "",
                        "i",
                        FuelPrice.ACCESS,
                        (call, frame, args) -> LogLine.Level.TRACE.ordinal()));
    }

    private static AbiFunction function(String name, String params, String results, long price, AbiFunction.Body body) {
        return new AbiFunction(MODULE, name, AbiFunction.type(params, results), price, false, body);
    }

    private static AbiFunction log(String name, LogLine.Level level) {
        return function(name, "l", "", FuelPrice.LOOKUP, (call, frame, args) -> {
            byte[] text = taken(call, frame, args[0], call.limits().log().bytes() + 1);
            call.charge(FuelPrice.working(text.length));
            if (text.length > 0) {
                call.log(level, new String(text, StandardCharsets.UTF_8));
            }
            return 0;
        });
    }

    private static long configGet(HostCall call, KernelFrame frame, long[] args) {
        byte[] key = taken(call, frame, args[0], Long.MAX_VALUE);
        Map<String, String> config = frame.request().config();
        byte[] value =
                config.getOrDefault(new String(key, StandardCharsets.UTF_8), "").getBytes(StandardCharsets.UTF_8);
        call.charge(FuelPrice.copying(value.length));
        return frame.memory().place(value);
    }

    private static long varGet(HostCall call, KernelFrame frame, long[] args) {
        byte[] value = frame.variables().get(taken(call, frame, args[0], Long.MAX_VALUE));
        call.charge(FuelPrice.copying(value.length));
        return frame.memory().place(value);
    }

    private static long varSet(HostCall call, KernelFrame frame, long[] args) {
        byte[] key = taken(call, frame, args[0], Long.MAX_VALUE);
        if (args[1] == 0) {
            frame.variables().remove(key);
        } else {
            frame.variables().set(key, taken(call, frame, args[1], Long.MAX_VALUE));
        }
        return 0;
    }

    /** A copy of a block, paid for; the block is freed. */
    static byte[] taken(HostCall call, KernelFrame frame, long handle, long most) {
        call.charge(FuelPrice.copying(Math.min(frame.memory().length(handle), most)));
        byte[] content = frame.memory().block(handle, most);
        frame.memory().free(handle);
        return content;
    }

    private static boolean isInput(KernelFrame frame, long offset, int width) {
        return offset >= 0 && offset <= frame.inputLength() - width;
    }
}
