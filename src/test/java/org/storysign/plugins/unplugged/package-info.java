/**
 * Each limit of the contract, section 8, holds: {@link org.storysign.plugins.unplugged.LimitTest} stops a guest one step behind each of
 * them and lets it go at the limit itself. And each has a switch ({@link org.storysign.plugins.kit.LimitSwitch}) that unplugs it, so
 * that {@code ./storysign test --unplugged} can show which tests turn red.
 */
@NullMarked
package org.storysign.plugins.unplugged;

import org.jspecify.annotations.NullMarked;
