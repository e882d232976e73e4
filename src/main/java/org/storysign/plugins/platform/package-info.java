/**
 * The platform API offered to guests. Every function is a {@link org.storysign.plugins.platform.PlatformFunction} registered with the one
 * {@link org.storysign.plugins.platform.PlatformGate}, which links a plugin only to what it was granted and asks for the permission
 * again at every call; what it keeps goes through {@link org.storysign.plugins.platform.StorageFunctions} to the port
 * {@link org.storysign.plugins.platform.KeyValueStore}.
 *
 * <p>Why ask twice? An import that is not granted stops the enable, so that an operator learns of it at once; an optional one that
 * was refused is linked to the same function, which then answers {@code permission-denied}. There is no path round the question.
 * Whose data it is about comes from the call's context, never from what the guest says.
 */
@NullMarked
package org.storysign.plugins.platform;

import org.jspecify.annotations.NullMarked;
