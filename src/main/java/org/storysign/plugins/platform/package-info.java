/**
 * The platform API offered to guests. Every function is registered with the one gate, which asks for permission, counts and limits
 * before the service behind it is reached.
 */
@NullMarked
package org.storysign.plugins.platform;

import org.jspecify.annotations.NullMarked;
