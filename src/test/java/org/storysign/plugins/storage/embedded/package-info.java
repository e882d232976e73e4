/** The embedded server: kept data, kills, users. */
@NullMarked
package org.storysign.plugins.storage.embedded;

import org.jspecify.annotations.NullMarked;
