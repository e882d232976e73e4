package org.storysign.plugins.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;

/**
 * Follows a tenant's trail from its first entry on and finds the first that does not belong there. The database makes the hashes
 * ({@code audit_hash}); this is the same sum, for whoever holds an export and trusts no database.
 *
 * <p>A hash is the SHA-256 of the hash before (of the tenant's name for the first entry) and the JSON array
 * {@code ["tenant", sequence, "at", "actor", "action", "subject", "facts"]}, in which {@code at} is UTC with six decimals, members are parted by
 * a comma and a blank, and only quotes, backslashes and control characters are escaped.
 *
 * <p>Not safe for concurrent use.
 */
public final class AuditChain {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final TenantId tenant;
    private long sequence;
    private String hash;

    public AuditChain(TenantId tenant) {
        this.tenant = tenant;
        this.hash = start(tenant);
    }

    /** The hash that the first entry builds on. */
    public static String start(TenantId tenant) {
        return Digest.of(tenant.value().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** How many entries it has followed. */
    public long sequence() {
        return sequence;
    }

    /** The last entry's hash. */
    public String hash() {
        return hash;
    }

    /** Goes on to the next entry, or says why this is not it. */
    public Optional<String> follow(AuditRecord next) {
        if (!next.tenant().equals(tenant)) {
            return Optional.of("it is of the tenant `" + next.tenant() + "`, expected `" + tenant + "`");
        }
        if (next.sequence() != sequence + 1) {
            return Optional.of("its number is " + next.sequence() + ", expected " + (sequence + 1));
        }
        if (!next.hash().equals(hash(hash, next))) {
            return Optional.of("its hash does not fit what it says and the entry before");
        }
        sequence = next.sequence();
        hash = next.hash();
        return Optional.empty();
    }

    private static String hash(String previous, AuditRecord entry) {
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            sum.update(HexFormat.of().parseHex(previous));
            return HexFormat.of().formatHex(sum.digest(text(entry).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String text(AuditRecord entry) {
        return "[" + quoted(entry.tenant().value()) + ", " + entry.sequence() + ", " + quoted(time(entry.at())) + ", "
                + quoted(entry.actor()) + ", " + quoted(entry.action()) + ", " + quoted(entry.subject()) + ", "
                + quoted(entry.facts()) + "]";
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    /** As PostgreSQL writes a string in JSON. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
