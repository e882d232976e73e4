package org.storysign.plugins.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.storysign.plugins.audit.AuditChain;
import org.storysign.plugins.audit.AuditCheckpoint;
import org.storysign.plugins.audit.AuditLines;
import org.storysign.plugins.audit.AuditRecord;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;
import org.storysign.plugins.security.SignedCheckpoint;
import org.storysign.plugins.signature.VerificationKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit verify EXPORT…}. */
@Command(
        name = "verify",
        description = "Follows the chain of an exported trail and compares it with checkpoints that were kept.")
final class VerifyAuditCommand implements Callable<Integer> {

    private final PluginCommand.Streams streams;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "EXPORT",
            arity = "1..*",
            description = "What GET /audit/export answered, its pages in their order, from the first entry on.")
    private List<Path> exports = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "What GET /audit/checkpoint answered once; may be given again.")
    private List<Path> checkpoints = new ArrayList<>();

    @Option(names = "--key", paramLabel = "FILE", description = "The public key that checkpoints are signed with.")
    private Optional<Path> key = Optional.empty();

    VerifyAuditCommand(PluginCommand.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        List<AuditCheckpoint> kept = checkpoints();
        Map<Long, String> hashes = new HashMap<>();
        kept.forEach(checkpoint -> hashes.put(checkpoint.sequence(), ""));
        Optional<AuditChain> chain = Optional.empty();
        for (Path export : exports) {
            chain = follow(export, chain, hashes);
        }
        long entries = chain.map(AuditChain::sequence).orElse(0L);
        kept.forEach(checkpoint -> requireAgreement(checkpoint, entries, hashes));
        streams.out().println(entries + " entries, each of which follows from the one before" + agreed(kept.size()));
        return 0;
    }

    private static String agreed(int checkpoints) {
        return switch (checkpoints) {
            case 0 -> ". Without a checkpoint it cannot be seen whether all of it was written anew.";
            case 1 -> "; the checkpoint agrees.";
            default -> "; " + checkpoints + " checkpoints agree.";
        };
    }

    /** Goes on through a file; notes the hashes of the entries that checkpoints know. */
    private static Optional<AuditChain> follow(Path export, Optional<AuditChain> before, Map<Long, String> hashes)
            throws IOException {
        Optional<AuditChain> chain = before;
        try (BufferedReader lines = Files.newBufferedReader(export, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String place = export + " line " + number;
                AuditRecord entry =
                        AuditLines.read(line).orElseThrow(() -> new CommandMisused(place + " is no exported entry."));
                AuditChain following = chain.orElseGet(() -> new AuditChain(entry.tenant()));
                chain = Optional.of(following);
                following.follow(entry).ifPresent(wrong -> {
                    throw tampered(place + " does not belong there: " + wrong + ".");
                });
                hashes.computeIfPresent(entry.sequence(), (sequence, none) -> entry.hash());
            }
            return chain;
        } catch (NoSuchFileException e) {
            throw new CommandMisused(export + " cannot be read.");
        }
    }

    private static void requireAgreement(AuditCheckpoint checkpoint, long entries, Map<Long, String> hashes) {
        if (checkpoint.sequence() > entries) {
            throw tampered("The trail ends with entry " + entries + ", but the checkpoint of " + checkpoint.at()
                    + " knows entry " + checkpoint.sequence()
                    + ": entries were taken away from its end, or the export is older.");
        }
        String found = checkpoint.sequence() == 0
                ? AuditChain.start(checkpoint.tenant())
                : hashes.getOrDefault(checkpoint.sequence(), "");
        if (!found.equals(checkpoint.hash())) {
            throw tampered("Entry " + checkpoint.sequence() + " is not the one the checkpoint of " + checkpoint.at()
                    + " knows: the trail was written anew.");
        }
    }

    private static ProblemException tampered(String what) {
        return new ProblemException(ProblemCode.AUDIT_BROKEN, what);
    }

    private List<AuditCheckpoint> checkpoints() throws IOException {
        List<AuditCheckpoint> read = new ArrayList<>();
        for (Path file : checkpoints) {
            VerificationKey by = VerificationKey.parse(KeyFiles.read(key.orElseThrow(
                            () -> new CommandMisused("--checkpoint needs --key, the key that signed it."))))
                    .orElseThrow(() -> new CommandMisused(key.get() + " is not " + VerificationKey.EXPECTED + "."));
            SignedCheckpoint signed = checkpoint(file);
            if (!signed.isSignedBy(by)) {
                throw new CommandMisused(file + " is not signed by " + key.get() + " (" + by + "), but by "
                        + signed.key() + ", or was changed.");
            }
            read.add(signed.checkpoint());
        }
        return read;
    }

    private static SignedCheckpoint checkpoint(Path file) throws IOException {
        Violations wrong = new Violations();
        Optional<SignedCheckpoint> signed = JsonFields.of(
                        new StrictJson(5).read(Files.readAllBytes(file), wrong), "", wrong, SignedCheckpoint.MEMBERS)
                .flatMap(SignedCheckpoint::read);
        wrong.refuse(ProblemCode.REQUEST_INVALID, file.toString());
        return signed.orElseThrow(() -> new CommandMisused(file + " is no checkpoint."));
    }
}
