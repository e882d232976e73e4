package org.storysign.plugins.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;

/** Entries as an export has them: a line of JSON each, {@code facts} as text to the letter, since the hash is over that. */
public final class AuditLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditLines() {}

    public static String write(List<AuditRecord> entries) {
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(node(entry)).append('\n'));
        return lines.toString();
    }

    private static ObjectNode node(AuditRecord entry) {
        return JSON.createObjectNode()
                .put("tenant", entry.tenant().value())
                .put("sequence", entry.sequence())
                .put("at", entry.at().toString())
                .put("actor", entry.actor())
                .put("action", entry.action())
                .put("subject", entry.subject())
                .put("facts", entry.facts())
                .put("hash", entry.hash());
    }

    /** What {@link #write} wrote of one entry; empty for anything else. */
    public static Optional<AuditRecord> read(String line) {
        try {
            if (!(JSON.readTree(line) instanceof ObjectNode node)) {
                return Optional.empty();
            }
            return Optional.of(new AuditRecord(
                    new TenantId(node.path("tenant").asText()),
                    node.path("sequence").asLong(),
                    Instant.parse(node.path("at").asText()),
                    node.path("actor").asText(),
                    node.path("action").asText(),
                    node.path("subject").asText(),
                    node.path("facts").asText(),
                    node.path("hash").asText()));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException notAnEntry) {
            return Optional.empty();
        }
    }
}
