package org.storysign.plugins.worker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Tries what a worker must not be able to do: the first time to load what is needed for that, the second time shut in. Says for each
 * attempt whether it succeeded. Arguments: a port on loopback that somebody listens on, a folder, and the number of another process.
 */
final class ConfinementProbe {

    private ConfinementProbe() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        String other = arguments[2];
        Map<String, Callable<?>> attempts = new LinkedHashMap<>();
        attempts.put("connect", () -> connected(port));
        attempts.put("open a channel", () -> channel());
        attempts.put("start a process", () -> new ProcessBuilder("true").start().waitFor());
        attempts.put("read a file", () -> Files.readString(folder.resolve("secret")));
        attempts.put("write a file", () -> Files.writeString(folder.resolve("written"), "x"));
        attempts.put("list a folder", () -> folder.toFile().list().length);
        attempts.put("delete a file", () -> Files.deleteIfExists(folder.resolve("none")));
        attempts.put("see another's environment", () -> Files.readAllBytes(Path.of("/proc/" + other + "/environ")));
        attempts.put("signal another", () -> signalled(Long.parseLong(other)));
        attempts.put("make a thread", () -> {
            Thread thread = new Thread(() -> {});
            thread.start();
            thread.join();
            return true;
        });
        attempts.put("use memory", () -> new byte[8 << 20].length);
        attempts.forEach((what, attempt) -> say("before", what, attempt));
        System.out.println("confined=" + Confinement.apply());
        attempts.forEach((what, attempt) -> say("after", what, attempt));
    }

    private static boolean connected(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        }
    }

    private static boolean channel() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            return channel.isOpen();
        }
    }

    /** By no signal: whether one could be sent. */
    private static boolean signalled(long process) throws IOException {
        if (!ProcessHandle.of(process).orElseThrow().isAlive()) {
            throw new IOException("not to be seen");
        }
        return true;
    }

    private static void say(String when, String what, Callable<?> attempt) {
        try {
            attempt.call();
            System.out.println(when + ": " + what + "=yes");
        } catch (Exception | LinkageError refused) {
            System.out.println(when + ": " + what + "=no");
        }
    }
}
