package org.storysign.plugins.wasm.scan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.ValueType;
import org.storysign.plugins.wasm.WasmModule;

/** Imports of a function that exists, by another type than it has. */
final class MistypedImport implements ScanRule {

    @Override
    public String name() {
        return "import-type";
    }

    @Override
    public List<Finding> inspect(WasmModule module, ScanPolicy policy) {
        return module.shape().imports().stream()
                .flatMap(imported -> expected(imported).stream()
                        .map(expected -> finding(
                                Severity.REJECTED,
                                "import " + GuestText.quote(imported.qualifiedName()),
                                "found the type " + imported.type() + ", expected " + expected
                                        + "; correct its declaration")))
                .toList();
    }

    /** What is expected, or empty when that was found. */
    private static Optional<String> expected(ImportedFunction imported) {
        if (imported.module().equals(KnownImports.PLATFORM)) {
            return isOfHandles(imported)
                    ? Optional.empty()
                    : Optional.of("only i64 handles as parameters and at most one i64 as result");
        }
        return KnownImports.typeOf(imported)
                .filter(type -> !type.equals(imported.type()))
                .map(Object::toString);
    }

    private static boolean isOfHandles(ImportedFunction imported) {
        return imported.type().results().size() <= 1
                && Stream.concat(imported.type().params().stream(), imported.type().results().stream())
                        .allMatch(type -> type == ValueType.I64);
    }
}
