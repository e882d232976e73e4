/** Tests of quarantine. */
@NullMarked
package org.storysign.plugins.plugin.quarantine;

import org.jspecify.annotations.NullMarked;
