/** The PostgreSQL adapters against a real server. */
@NullMarked
package org.storysign.plugins.storage;

import org.jspecify.annotations.NullMarked;
