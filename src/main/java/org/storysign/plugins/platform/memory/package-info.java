/**
 * The platform's services kept in memory, for the command line and for tests: no server, no file, gone at the end. They pass the same
 * contract tests as the adapters in {@code storage}; their search knows whole words only, no languages, phrases or alternatives.
 */
@NullMarked
package org.storysign.plugins.platform.memory;

import org.jspecify.annotations.NullMarked;
