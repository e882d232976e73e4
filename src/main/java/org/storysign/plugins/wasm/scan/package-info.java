/**
 * Is this module acceptable? One class a {@link org.storysign.plugins.wasm.scan.ScanRule rule}; each gives
 * {@link org.storysign.plugins.wasm.scan.Finding findings} that tell the author what to change. A module without a rejecting
 * finding becomes a {@link org.storysign.plugins.wasm.scan.ScannedModule}, which is what the fuel instrumenter takes.
 */
@NullMarked
package org.storysign.plugins.wasm.scan;

import org.jspecify.annotations.NullMarked;
