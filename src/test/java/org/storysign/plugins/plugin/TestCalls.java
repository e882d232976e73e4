package org.storysign.plugins.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.sandbox.CallResult;

/** Calls of plugins' exports, for tests. */
final class TestCalls {

    private TestCalls() {}

    static CallResult result(TestService service, PluginId plugin, String export, String input) {
        PluginCall call = new PluginCall(plugin, export, input.getBytes(StandardCharsets.UTF_8), Optional.empty());
        return service.caller
                .call(TestPackages.OPERATOR, call)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    static String output(TestService service, PluginId plugin, String export) {
        return switch (result(service, plugin, export, "")) {
            case CallResult.Returned returned -> new String(returned.output(), StandardCharsets.UTF_8);
            case CallResult.Trapped trapped ->
                throw new AssertionError("trapped: " + trapped.trap().message());
        };
    }
}
