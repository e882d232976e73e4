/**
 * How much a plugin may use. A {@link org.storysign.plugins.limits.SecurityLevel} gives
 * {@link org.storysign.plugins.limits.Limits} for one call, {@link org.storysign.plugins.limits.CodeLimits} for a module and
 * {@link org.storysign.plugins.limits.DataLimits} for what it keeps. The effective limit is the least of the operator's
 * override (else the level's value), the manifest's and the request's. Pure values with their units in the type.
 */
@NullMarked
package org.storysign.plugins.limits;

import org.jspecify.annotations.NullMarked;
