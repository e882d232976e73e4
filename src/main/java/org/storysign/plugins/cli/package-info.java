/**
 * The author's command line. {@code plugin validate DIR} and {@code plugin call DIR EXPORT}: the same checks as an installation, the
 * same sandbox, no server and no database; what a plugin stores lives as long as the command. {@code keygen}, {@code sign}, {@code statement} and
 * {@code verify}: who stands behind a plugin. {@code package} and {@code push}: on its way to a service.
 *
 * <p>Exit codes: 0 as wished, 1 the plugin is at fault (refused, or stopped while it ran), 2 the command was not understood.
 */
@NullMarked
package org.storysign.plugins.cli;

import org.jspecify.annotations.NullMarked;
