/**
 * What people get besides the classes: the launcher, the chart, the container file and the example plugins, each tested as they
 * would use it.
 */
@NullMarked
package org.storysign.plugins.delivery;

import org.jspecify.annotations.NullMarked;
