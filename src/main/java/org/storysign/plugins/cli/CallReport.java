package org.storysign.plugins.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Usage;

/** Tells what a call came to: the output as it is, everything else beside it. */
record CallReport(PrintStream out, PrintStream err) {

    void print(String export, CallResult result) {
        result.log().forEach(line -> err.println("log: " + level(line) + ": " + line.text()));
        switch (result) {
            case CallResult.Returned returned -> printOutput(returned.output());
            case CallResult.Trapped trapped -> printProblem(export, trapped);
        }
        Usage usage = result.usage();
        err.println("fuel " + usage.fuel().units() + ", time " + milliseconds(usage.runTime()) + " (waited "
                + milliseconds(usage.waitTime()) + "), memory " + usage.peakMemory() + ", host calls "
                + usage.hostCalls());
    }

    private void printProblem(String export, CallResult.Trapped trapped) {
        err.println(
                "problem: " + trapped.trap().code().code() + ": " + GuestText.quote(export) + " " + trapped.message());
        trapped.stack().functions().forEach(function -> err.println("  in " + function));
    }

    /** On a terminal, what follows shall not stand on the output's last line. */
    private void printOutput(byte[] output) {
        out.writeBytes(output);
        out.flush();
        if (output.length > 0 && output[output.length - 1] != '\n') {
            err.println();
        }
    }

    /** One JSON document; output that is not UTF-8 is {@code output_base64}. */
    void printJson(CallResult result) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        switch (result) {
            case CallResult.Returned returned -> output(document, returned.output());
            case CallResult.Trapped trapped -> problem(document.putObject("problem"), trapped);
        }
        Usage usage = result.usage();
        document.putObject("usage")
                .put("fuel_used", usage.fuel().units())
                .put("run_time_us", usage.runTime().toNanos() / 1_000)
                .put("wait_time_us", usage.waitTime().toNanos() / 1_000)
                .put("peak_memory_bytes", usage.peakMemory().bytes())
                .put("host_calls", usage.hostCalls());
        result.log()
                .forEach(line -> document.withArray("log")
                        .addObject()
                        .put("level", level(line))
                        .put("text", line.text()));
        out.println(document.toPrettyString());
    }

    private static void problem(ObjectNode problem, CallResult.Trapped trapped) {
        problem.put("code", trapped.trap().code().code())
                .put("title", trapped.trap().code().title())
                .put("detail", trapped.message());
        ArrayNode stack = problem.putArray("guest_stack");
        trapped.stack().functions().forEach(stack::add);
    }

    private static void output(ObjectNode document, byte[] output) {
        try {
            document.put(
                    "output",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(output))
                            .toString());
        } catch (CharacterCodingException e) {
            document.put("output_base64", Base64.getEncoder().encodeToString(output));
        }
    }

    private static String level(LogLine line) {
        return line.level().name().toLowerCase(Locale.ROOT);
    }

    private static String milliseconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }
}
