/**
 * Holds the house to its plan: {@link org.storysign.plugins.architecture.Room} is the order of the rooms as ARCHITECTURE.md draws
 * it, {@link org.storysign.plugins.architecture.HouseRules} what may stand where. Every rule is shown twice: the production
 * classes keep it, and the small house in {@code broken} is caught breaking it.
 */
@NullMarked
package org.storysign.plugins.architecture;

import org.jspecify.annotations.NullMarked;
