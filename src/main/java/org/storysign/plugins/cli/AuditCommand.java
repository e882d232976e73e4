package org.storysign.plugins.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** {@code ./storysign audit …}. */
@Command(
        name = "audit",
        description = "Checks what a service says it did, without asking it.",
        subcommands = {VerifyAuditCommand.class, HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing was taken away or changed", "1:something was", "2:the command was not understood"},
        footer = {
            "",
            "Try:  curl -H \"Authorization: Bearer $KEY\" $URL/api/plugins/audit/export > trail.ndjson",
            "      ./storysign audit verify trail.ndjson --checkpoint checkpoint.json --key audit.pub"
        })
public final class AuditCommand {

    @Mixin
    private HelpOption help = new HelpOption();

    public static void main(String... arguments) {
        // The log manager that comes with the service complains when Java's own was loaded first.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(run(new PluginCommand.Streams(System.in, System.out, System.err), arguments));
    }

    /** Runs a command; the exit code. */
    static int run(PluginCommand.Streams streams, String... arguments) {
        return PluginCommand.run(
                "audit",
                new AuditCommand(),
                Map.of(VerifyAuditCommand.class, VerifyAuditCommand::new),
                streams,
                arguments);
    }
}
