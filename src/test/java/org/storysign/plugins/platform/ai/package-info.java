/** The connectors to models, against servers that answer as they should, and in every other way. */
@NullMarked
package org.storysign.plugins.platform.ai;

import org.jspecify.annotations.NullMarked;
