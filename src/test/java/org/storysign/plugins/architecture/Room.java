package org.storysign.plugins.architecture;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The rooms in their order, lowest storey first (ARCHITECTURE.md, section 2). Rooms on one storey are blind to each other. */
enum Room {
    PROBLEM("problem", 0),
    IDENTITY("identity", 1),
    SECRET("secret", 1),
    AUDIT("audit", 2),
    PERMISSION("permission", 3),
    LIMITS("limits", 4),
    MANIFEST("manifest", 5),
    SIGNATURE("signature", 5),
    WASM("wasm", 6),
    SCAN("wasm.scan", 7),
    FUEL("wasm.fuel", 8),
    SANDBOX("sandbox", 9),
    CHICORY("sandbox.chicory", 10),
    ABI("abi", 10),
    PLATFORM("platform", 11),
    WORKER("worker", 11),
    PLUGIN("plugin", 12),
    HOOK("hook", 13),
    ENDPOINT("endpoint", 14),
    SECURITY("security", 15),
    TELEMETRY("telemetry", 15),
    CLUSTER("cluster", 15),
    STORAGE("storage", 16),
    REST("rest", 17),
    CONSOLE("console", 17),
    CLI("cli", 17),
    /** The base package itself: the composition root, which joins adapters to ports. */
    ROOT("", 18);

    private final String path;
    private final int storey;

    Room(String path, int storey) {
        this.path = path;
        this.storey = storey;
    }

    String path() {
        return path;
    }

    /** Plain Java, without a framework: {@code problem} to {@code abi}, and {@code worker}. */
    boolean isPlain() {
        return storey <= ABI.storey || this == WORKER;
    }

    /**
     * Whether a class in here may name a class in there. The adapters {@code storage} and {@code sandbox.chicory} are named only
     * by a composition root; the command line and the worker, which have no CDI, compose their own engine.
     */
    boolean sees(Room other) {
        if (this == other) {
            return true;
        }
        return switch (other) {
            case STORAGE -> this == ROOT;
            case CHICORY -> this == ROOT || this == CLI || this == WORKER;
            default -> other.storey < storey;
        };
    }

    /** The room of a package below the base package; none when the package is no room or part of one. */
    static Optional<Room> of(String base, String packageName) {
        if (packageName.equals(base)) {
            return Optional.of(ROOT);
        }
        return Stream.of(values())
                .filter(room -> room != ROOT)
                .filter(room -> (packageName + ".").startsWith(base + "." + room.path + "."))
                .max(Comparator.comparingInt(room -> room.path.length()));
    }
}
