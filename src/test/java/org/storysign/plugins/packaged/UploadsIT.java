package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.problem.ProblemCode;

/** Uploads that fill memory or disk elsewhere, brought to a service of 512 MiB. */
class UploadsIT {

    private static final int MIB = 1 << 20;
    private static final int GIB_IN_PIECES = 16_384;
    private static final long MOST_HEAP = 32L * MIB;
    private static final Duration MOST_CPU = Duration.ofSeconds(1);
    private static final int SLOW = 200;

    /** 128 MiB of zeros. */
    private static final byte[] BROTLI = Base64.getDecoder()
            .decode(
                    "z///f/gnAOKxQCD3/p/////wTwDEYQGA7v0/////4Z8AiMMiAN37f/7//8M/ARCHBQC69//8//+HfwIgDgsAdO//+f//D/8EQBwWAOje"
                            + "//P//x/+CYA4LADQvf/P//9//BMAcVgAoHv/Dw==");

    /** The young generation is small, so that garbage, which is counted too, stays little. */
    private static final List<String> JVM = List.of("-Xmx512m", "-Xmn8m", "-XX:MaxDirectMemorySize=128m");

    @TempDir
    private Path temporary = Path.of("");

    /** What is sent, and the problem it must end in. */
    private record Attack(String headers, Iterable<byte[]> body, ProblemCode code) {}

    @Test
    void every_upload_too_large_is_refused_within_a_second_of_cpu_and_32_mebibytes_of_heap_and_leaves_nothing()
            throws IOException {
        Map<String, Attack> attacks = attacks();
        try (ServiceProcess service = ServiceProcess.start("flooded", jvm());
                HeapProbe probe = new HeapProbe(service.pid())) {
            attacks.forEach((name, attack) -> send(service, name, attack));
            List<Path> before = leftovers();

            long highest = 0;
            Duration slowest = Duration.ZERO;
            for (Map.Entry<String, Attack> attack : attacks.entrySet()) {
                HeapProbe.Cost cost = probe.of(() -> send(service, attack.getKey(), attack.getValue()));
                highest = Math.max(highest, cost.heap());
                slowest = slowest.compareTo(cost.cpu()) > 0 ? slowest : cost.cpu();
                System.out.printf(
                        "%s: heap %d MiB, CPU %d ms%n",
                        attack.getKey(), cost.heap() / MIB, cost.cpu().toMillis());

                assertThat(cost.heap()).as("heap of " + attack.getKey()).isLessThan(MOST_HEAP);
                assertThat(cost.cpu()).as("CPU time of " + attack.getKey()).isLessThan(MOST_CPU);
            }

            assertThat(leftovers()).isEqualTo(before);
            System.out.printf(
                    "uploads %d, most heap %d MiB, most CPU %d ms%n",
                    attacks.size(), highest / MIB, slowest.toMillis());
        }
    }

    @Test
    void while_two_hundred_uploads_come_byte_by_byte_others_are_served() {
        try (ServiceProcess service = ServiceProcess.start("drizzled", jvm());
                HeapProbe probe = new HeapProbe(service.pid())) {
            Client client = Client.of(service, Tenants.fresh());
            client.get("/");
            List<Upload> slow = new ArrayList<>();
            try {
                HeapProbe.Cost cost = probe.of(() -> {
                    for (int count = 0; count < SLOW; count++) {
                        slow.add(new Upload(service, "Content-Length: 10000000\r\n"));
                    }
                    for (int round = 0; round < 10; round++) {
                        slow.forEach(upload -> upload.send(new byte[] {'-'}));
                    }
                    assertThat(client.get("/").status()).isEqualTo(200);
                });

                assertThat(cost.heap()).isLessThan(MOST_HEAP);
                System.out.printf("slow uploads %d, heap %d MiB%n", SLOW, cost.heap() / MIB);
            } finally {
                slow.forEach(Upload::close);
            }
        }
    }

    private String[] jvm() {
        List<String> options = new ArrayList<>(JVM);
        options.add("-Djava.io.tmpdir=" + temporary);
        return options.toArray(String[]::new);
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void send(ServiceProcess service, String name, Attack attack) {
        String answer = Upload.answer(service, attack.headers(), attack.body());

        assertThat(answer).as(name).startsWith("HTTP/1.1 " + attack.code().status() + " ");
        assertThat(answer).as(name).contains("\"" + attack.code().code() + "\"");
    }

    private static Map<String, Attack> attacks() throws IOException {
        Map<String, Attack> attacks = new LinkedHashMap<>();
        byte[] chunk = chunk(new byte[64 << 10]);
        attacks.put(
                "1 GiB announced",
                new Attack("Content-Length: 1073741824\r\n", List.of(), ProblemCode.REQUEST_TOO_LARGE));
        attacks.put(
                "1 GiB streamed",
                new Attack(
                        "Transfer-Encoding: chunked\r\n",
                        Collections.nCopies(GIB_IN_PIECES, chunk),
                        ProblemCode.REQUEST_TOO_LARGE));
        attacks.put(
                "100,000 parts",
                whole(Upload.form(Collections.nCopies(100_000, new byte[0])), ProblemCode.REQUEST_TOO_LARGE));
        attacks.put("gzip", encoded("gzip", packed(GZIPOutputStream::new)));
        attacks.put("deflate", encoded("deflate", packed(DeflaterOutputStream::new)));
        attacks.put("br", encoded("br", BROTLI));
        attacks.put("zstd", encoded("zstd", Zstd.compress(new byte[128 * MIB])));
        byte[] bomb = zip(1, 128);
        attacks.put("zip bomb", zipped(bomb, ProblemCode.REQUEST_TOO_LARGE));
        attacks.put("zip of many bombs", zipped(zip(150, 1), ProblemCode.REQUEST_TOO_LARGE));
        attacks.put("zip of 100,000 entries", zipped(zip(100_000, 0), ProblemCode.REQUEST_INVALID));
        return attacks;
    }

    private static Attack whole(byte[] body, ProblemCode code) {
        return new Attack("Content-Length: " + body.length + "\r\n", List.of(body), code);
    }

    private static Attack zipped(byte[] zip, ProblemCode code) {
        return whole(Upload.form(List.of(zip)), code);
    }

    private static Attack encoded(String encoding, byte[] body) {
        return new Attack(
                "Content-Encoding: " + encoding + "\r\nContent-Length: " + body.length + "\r\n",
                List.of(body),
                ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }

    private static byte[] chunk(byte[] content) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(content);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunk.toByteArray();
    }

    /** 128 MiB of zeros. */
    private static byte[] packed(Packing packing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.over(bytes)) {
            for (int mebibyte = 0; mebibyte < 128; mebibyte++) {
                out.write(new byte[MIB]);
            }
        }
        return bytes.toByteArray();
    }

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] zip(int entries, int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int entry = 0; entry < entries; entry++) {
                zip.putNextEntry(new ZipEntry("f" + entry));
                for (int mebibyte = 0; mebibyte < mebibytes; mebibyte++) {
                    zip.write(new byte[MIB]);
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
