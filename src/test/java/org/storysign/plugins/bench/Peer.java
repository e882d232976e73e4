package org.storysign.plugins.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that makes calls when it is told to and says what they cost it: {@code deploy/bench/peers/README.md}. */
final class Peer implements AutoCloseable {

    private final Process process;
    private final PrintWriter to;
    private final BufferedReader from;

    private Peer(Process process) {
        this.process = process;
        this.to = new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true);
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    static Peer start(List<String> command) throws IOException {
        return new Peer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** CPU time of so many calls, in nanoseconds each. */
    double nanosACall(int calls) throws IOException {
        return Double.parseDouble(asked(String.valueOf(calls))) * 1_000 / calls;
    }

    /** What two calls see of the ones before them: {@code 0 0} in fresh instances. */
    String canary() throws IOException {
        return asked("canary");
    }

    private String asked(String line) throws IOException {
        to.println(line);
        String answer = from.readLine();
        if (answer == null) {
            throw new IOException(
                    "a peer ended: " + process.info().commandLine().orElse("?"));
        }
        return answer;
    }

    @Override
    public void close() {
        to.close();
        process.destroy();
    }
}
