package org.storysign.plugins.plugin;

import org.storysign.plugins.wasm.WasmBinary;

/** The bytes of a package that passed every check. */
public record PackageContent(WasmBinary module, PackageFiles files) {}
