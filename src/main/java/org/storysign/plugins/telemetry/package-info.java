/**
 * What happened, as numbers: {@link org.storysign.plugins.telemetry.CallMetrics} counts calls by how they ended, and measures their
 * fuel and time. Labels come from lists that cannot grow (a problem's code), never from a tenant, a plugin or a guest's text: those
 * would make a series each, for ever.
 */
@NullMarked
package org.storysign.plugins.telemetry;

import org.jspecify.annotations.NullMarked;
