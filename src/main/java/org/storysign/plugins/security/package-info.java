/** Who calls: API keys and their roles. Declares the ports of what it keeps. */
@NullMarked
package org.storysign.plugins.security;

import org.jspecify.annotations.NullMarked;
