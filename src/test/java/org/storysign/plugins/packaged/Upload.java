package org.storysign.plugins.packaged;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.storysign.plugins.kit.TestDatabase;

/** One POST /upload by hand, so that it can be sent as no client would. */
final class Upload implements AutoCloseable {

    private final Socket socket;

    Upload(ServiceProcess service, String headers) {
        try {
            socket = new Socket(service.address().getHost(), service.address().getPort());
            socket.setSoTimeout(60_000);
            write("POST /api/plugins/upload HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + TestDatabase.ADMIN_KEY
                    + "\r\nContent-Type: multipart/form-data; boundary=x\r\n" + headers + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the service answers to this body; what it does not listen to any more is not sent. */
    static String answer(ServiceProcess service, String headers, Iterable<byte[]> body) {
        try (Upload upload = new Upload(service, headers)) {
            for (byte[] piece : body) {
                if (!upload.send(piece)) {
                    break;
                }
            }
            return upload.answer();
        }
    }

    /** A form with these parts, the last delimiter included. */
    static byte[] form(Iterable<byte[]> parts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        int number = 0;
        for (byte[] part : parts) {
            String name = number++ == 0 ? "package" : "p" + number;
            form.writeBytes(("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            form.writeBytes(part);
            form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        form.writeBytes("--x--\r\n".getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    /** False when the service does not listen any more. */
    boolean send(byte[] piece) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(piece);
            out.flush();
            return socket.getInputStream().available() == 0;
        } catch (IOException stoppedListening) {
            return false;
        }
    }

    /** Status line, headers and as much of the body as has come with them. */
    String answer() {
        try {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            byte[] piece = new byte[4_096];
            for (int read = in.read(piece); read > 0; read = in.read(piece)) {
                answer.write(piece, 0, read);
                String text = answer.toString(StandardCharsets.UTF_8);
                if (text.contains("\r\n\r\n{") && text.contains("}")) {
                    return text;
                }
            }
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
