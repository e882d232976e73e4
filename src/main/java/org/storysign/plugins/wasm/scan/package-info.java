/**
 * Is this module acceptable at this security level? {@link org.storysign.plugins.wasm.scan.ModuleScanner} asks every rule (one
 * class each) and gives a {@link org.storysign.plugins.wasm.scan.ScanReport} of
 * {@link org.storysign.plugins.wasm.scan.Finding findings}, each with a place and with what its author can change. A module without
 * a rejecting finding becomes a {@link org.storysign.plugins.wasm.scan.ScannedModule}, which is what the fuel instrumenter takes;
 * {@link org.storysign.plugins.wasm.scan.ScanResult#orThrow} makes the problem of all rejections at once.
 *
 * <p>{@link org.storysign.plugins.wasm.scan.KnownImports} is the list of what modules may import, with exact types: a module that
 * passes links, except for what it is not granted. A new host function of the Extism or WASI interface is added there; names in
 * {@code extism:host/user} are looked at when a plugin is enabled, because they depend on what the platform offers then.
 *
 * <p>Why are the level's figures asked for again, when the pre-flight reader knows them too? A stored module may be held against a
 * stricter level than it was uploaded under.
 */
@NullMarked
package org.storysign.plugins.wasm.scan;

import org.jspecify.annotations.NullMarked;
