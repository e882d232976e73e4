/** Plugins' pieces of user interface, their files for sandboxed frames, and the bridge between such a frame and the product's page. */
@NullMarked
package org.storysign.plugins.rest.ui;

import org.jspecify.annotations.NullMarked;
