/**
 * The SDKs in {@code wasm-plugins/sdk}: made here from {@link org.storysign.plugins.platform.PlatformDescription}, a class a
 * {@link org.storysign.plugins.platform.sdk.SdkLanguage language}, and kept as golden files.
 *
 * <p>Each language also gets a module in {@code wasm-plugins/sdk/calls} that calls every function, once with the example of the
 * reference page and once with every member its input can have. The page shows that same text, so what it shows compiles, and
 * {@code SdkConformanceTest} runs it.
 */
@NullMarked
package org.storysign.plugins.platform.sdk;

import org.jspecify.annotations.NullMarked;
