package org.storysign.plugins.plugin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.manifest.PluginManifest;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.ValueType;

/** Whether a module exports what its manifest names, as functions that take nothing and give nothing or an i32. */
final class HandlerCheck {

    private static final FunctionType STATUS = new FunctionType(List.of(), List.of(ValueType.I32));
    private static final FunctionType VOID = new FunctionType(List.of(), List.of());

    private HandlerCheck() {}

    /** Fails with {@code export-missing} or {@code export-mistyped}, naming who asks for the export. */
    static void require(PluginManifest manifest, ModuleShape shape) {
        named(manifest).forEach((export, by) -> require(export, by, shape));
    }

    /** @param by who names it, for the message */
    static void require(String export, String by, ModuleShape shape) {
        @Nullable FunctionType found = shape.exports().get(export);
        if (found == null) {
            throw new ProblemException(
                    ProblemCode.EXPORT_MISSING,
                    "the module does not export the function " + GuestText.quote(export) + ", which " + by + " names",
                    Map.of(FactKey.EXPORT, export));
        }
        if (!found.equals(STATUS) && !found.equals(VOID)) {
            throw new ProblemException(
                    ProblemCode.EXPORT_MISTYPED,
                    "the function " + GuestText.quote(export) + ", which " + by + " names, is " + found + ", expected "
                            + STATUS + " or " + VOID,
                    Map.of(
                            FactKey.EXPORT,
                            export,
                            FactKey.FOUND,
                            found.toString(),
                            FactKey.EXPECTED,
                            STATUS.toString()));
        }
    }

    private static Map<String, String> named(PluginManifest manifest) {
        Map<String, String> named = new LinkedHashMap<>();
        manifest.hooks()
                .forEach(hook -> named.putIfAbsent(hook.handler(), "the handler of the hook `" + hook.hook() + "`"));
        manifest.endpoints()
                .forEach(endpoint -> named.putIfAbsent(
                        endpoint.handler(), "the handler of the endpoint " + GuestText.quote(endpoint.path())));
        manifest.lifecycle().initialize().ifPresent(export -> named.putIfAbsent(export, "`lifecycle.initialize`"));
        manifest.lifecycle().cleanup().ifPresent(export -> named.putIfAbsent(export, "`lifecycle.cleanup`"));
        manifest.lifecycle().status().ifPresent(export -> named.putIfAbsent(export, "`lifecycle.status`"));
        return named;
    }
}
