package org.storysign.plugins.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.storysign.plugins.sandbox.LogLine;

/** How values stand in a frame: lengths and counts as ints before what they count, text as UTF-8, durations in nanoseconds. */
final class Fields {

    private Fields() {}

    /** Writes one item of a list. */
    @FunctionalInterface
    interface ItemWriter<T> {
        void write(T item) throws IOException;
    }

    /** Reads one item of a list. */
    @FunctionalInterface
    interface ItemReader<T> {
        T read() throws IOException;
    }

    static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Throws {@link BrokenPipeException} when the frame has fewer than it says. */
    static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new BrokenPipeException("a field of " + length + " bytes");
        }
        return in.readNBytes(length);
    }

    static void write(String text, DataOutputStream out) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    /** Text that people will read, from a worker: what could forge a line or steer a terminal is escaped, and it is cut at {@code most}. */
    static String safeText(DataInputStream in, int most) throws IOException {
        String text = text(in);
        return LogLine.of(LogLine.Level.INFO, text.substring(0, Math.min(text.length(), most)))
                .text();
    }

    static void write(Duration duration, DataOutputStream out) throws IOException {
        out.writeLong(duration.toNanos());
    }

    static Duration duration(DataInputStream in) throws IOException {
        return Duration.ofNanos(number(in));
    }

    /** A number that is not negative. */
    static long number(DataInputStream in) throws IOException {
        long number = in.readLong();
        if (number < 0) {
            throw new BrokenPipeException("a number below 0");
        }
        return number;
    }

    static <T> void write(List<T> items, DataOutputStream out, ItemWriter<T> writer) throws IOException {
        out.writeInt(items.size());
        for (T item : items) {
            writer.write(item);
        }
    }

    /** At most {@code most} items; each takes a byte or more of the frame. */
    static <T> List<T> list(DataInputStream in, int most, ItemReader<T> reader) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > Math.min(most, in.available())) {
            throw new BrokenPipeException("a list of " + count + " items");
        }
        List<T> items = new ArrayList<>(count);
        for (int item = 0; item < count; item++) {
            items.add(reader.read());
        }
        return items;
    }

    /** The constant of this number. */
    static <E extends Enum<E>> E constant(DataInputStream in, E[] constants) throws IOException {
        int number = in.readUnsignedByte();
        if (number >= constants.length) {
            throw new BrokenPipeException("no constant " + number);
        }
        return constants[number];
    }
}
