/**
 * Plugins that mean harm, one file each in {@code src/test/resources/hostile}, with how each must end written at its top. They run
 * through the product's own steps, sandbox and kernel.
 *
 * <p>Why text files? Whoever finds a new attack adds a file; nothing else has to change.
 */
@NullMarked
package org.storysign.plugins.hostile;

import org.jspecify.annotations.NullMarked;
