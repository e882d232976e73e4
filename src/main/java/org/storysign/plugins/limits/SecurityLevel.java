package org.storysign.plugins.limits;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How much a plugin is trusted, from most to least, with the limits that follow when nobody says otherwise. The figures are
 * promises (contract, section 8); the README prints them from here.
 */
public enum SecurityLevel {
    MINIMAL(
            new CodeLimits(MemorySize.ofMiB(10), 65_536, 50_000),
            new Limits(
                    new Fuel(10_000_000_000L),
                    MemorySize.ofMiB(128),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    2_000,
                    10_000,
                    MemorySize.ofMiB(4),
                    MemorySize.ofMiB(4),
                    MemorySize.ofKiB(64),
                    new HttpLimits(50, MemorySize.ofMiB(4))),
            new DataLimits(MemorySize.ofMiB(100), 100_000),
            false),
    STANDARD(
            new CodeLimits(MemorySize.ofMiB(5), 10_000, 20_000),
            new Limits(
                    new Fuel(1_000_000_000L),
                    MemorySize.ofMiB(64),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    1_000,
                    1_000,
                    MemorySize.ofMiB(1),
                    MemorySize.ofMiB(1),
                    MemorySize.ofKiB(16),
                    new HttpLimits(10, MemorySize.ofMiB(1))),
            new DataLimits(MemorySize.ofMiB(10), 10_000),
            false),
    STRICT(
            new CodeLimits(MemorySize.ofMiB(2), 10_000, 10_000),
            new Limits(
                    new Fuel(100_000_000L),
                    MemorySize.ofMiB(32),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    500,
                    200,
                    MemorySize.ofKiB(256),
                    MemorySize.ofKiB(256),
                    MemorySize.ofKiB(4),
                    new HttpLimits(3, MemorySize.ofKiB(256))),
            new DataLimits(MemorySize.ofMiB(1), 1_000),
            true),
    ISOLATED(
            new CodeLimits(MemorySize.ofMiB(1), 1_000, 5_000),
            new Limits(
                    new Fuel(20_000_000L),
                    MemorySize.ofMiB(16),
                    Duration.ofMillis(200),
                    Duration.ofMillis(200),
                    500,
                    50,
                    MemorySize.ofKiB(64),
                    MemorySize.ofKiB(64),
                    MemorySize.ofKiB(1),
                    new HttpLimits(0, MemorySize.ZERO)),
            new DataLimits(MemorySize.ZERO, 0),
            true);

    private final CodeLimits code;
    private final Limits limits;
    private final DataLimits data;
    private final boolean signatureRequired;

    SecurityLevel(CodeLimits code, Limits limits, DataLimits data, boolean signatureRequired) {
        this.code = code;
        this.limits = limits;
        this.data = data;
        this.signatureRequired = signatureRequired;
    }

    /** What a module may look like. */
    public CodeLimits code() {
        return code;
    }

    /** What one call may use. */
    public Limits limits() {
        return limits;
    }

    /** What a plugin may keep. */
    public DataLimits data() {
        return data;
    }

    public boolean signatureRequired() {
        return signatureRequired;
    }

    /** Whether this level is at least as strict as the other. */
    public boolean atLeastAsStrictAs(SecurityLevel other) {
        return ordinal() >= other.ordinal();
    }

    /** The public name, lower case. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SecurityLevel> parse(String text) {
        for (SecurityLevel level : values()) {
            if (level.publicName().equals(text)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
