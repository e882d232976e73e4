@NullMarked
package org.storysign.plugins.plugin.webhook;

import org.jspecify.annotations.NullMarked;
