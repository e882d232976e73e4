@NullMarked
package org.storysign.plugins.plugin.history;

import org.jspecify.annotations.NullMarked;
