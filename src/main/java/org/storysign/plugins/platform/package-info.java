/**
 * The platform API offered to guests. Every function is a {@link org.storysign.plugins.platform.PlatformFunction} registered with the one
 * {@link org.storysign.plugins.platform.PlatformGate}, which links a plugin only to what it was granted and asks for the permission
 * again at every call. Behind the functions of each service stands a port, together
 * {@link org.storysign.plugins.platform.PlatformServices}: what plugins keep ({@link org.storysign.plugins.platform.KeyValueStore}), the
 * product's users and content, what plugins notice and what they tell users.
 *
 * <p>Why ask twice? An import that is not granted stops the enable, so that an operator learns of it at once; an optional one that
 * was refused is linked to the same function, which then answers {@code permission-denied}. There is no path round the question.
 * Whose data it is about comes from the call's context, never from what the guest says: tenant and plugin always, the user unless
 * the key that triggered the call may name any.
 */
@NullMarked
package org.storysign.plugins.platform;

import org.jspecify.annotations.NullMarked;
