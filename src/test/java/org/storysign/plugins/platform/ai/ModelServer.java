package org.storysign.plugins.platform.ai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.storysign.plugins.platform.connect.Endpoint;

/** A server that gives every request the bytes a test says, right or wrong, and keeps what it was sent. */
final class ModelServer implements AutoCloseable {

    private final ServerSocket listening = made();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** Answers these bytes and hangs up; with {@code stay}, does not hang up. */
    ModelServer(String answer, boolean stay) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = listening.accept();
                    open.add(client);
                    requests.add(read(client.getInputStream()));
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    client.getOutputStream().flush();
                    if (!stay) {
                        client.close();
                    }
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }

    static ModelServer ok(String type, String body) {
        return new ModelServer(
                "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body,
                false);
    }

    static ModelServer status(int status) {
        return new ModelServer("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", false);
    }

    Endpoint endpoint() {
        return new Endpoint(
                URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1"), Optional.of("operators-key"));
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket each : open) {
            each.close();
        }
    }

    /** Head and body. */
    private static String read(InputStream input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int expected = Integer.MAX_VALUE;
        while (bytes.size() < expected) {
            int next = input.read();
            if (next < 0) {
                break;
            }
            bytes.write(next);
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            if (expected == Integer.MAX_VALUE && text.endsWith("\r\n\r\n")) {
                String length = text.toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: (\\d+).*", "$1");
                expected = bytes.size() + Integer.parseInt(length);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ServerSocket made() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
