/** What only a browser can show: that a widget reaches the product by the bridge, and nothing else by any way. */
@NullMarked
package org.storysign.plugins.browser;

import org.jspecify.annotations.NullMarked;
