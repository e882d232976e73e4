/**
 * What a plugin may do. A {@link org.storysign.plugins.permission.Permission} is asked for by a manifest,
 * {@link org.storysign.plugins.permission.Grants} are given by an operator; nothing is granted that was not asked for, and what is
 * not granted is denied. Pure values.
 */
@NullMarked
package org.storysign.plugins.permission;

import org.jspecify.annotations.NullMarked;
