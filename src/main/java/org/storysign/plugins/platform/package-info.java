/**
 * The platform API offered to guests. Every function is a {@link org.storysign.plugins.platform.PlatformFunction} registered with the one
 * {@link org.storysign.plugins.platform.PlatformGate}, which links a plugin only to what it was granted and asks for the permission
 * again at every call. Each belongs to a {@link org.storysign.plugins.platform.PlatformService}, whose terms say how often, how many at
 * once and how long.
 *
 * <p>{@code …Functions} read what guests say and stand before a port each ({@link org.storysign.plugins.platform.KeyValueStore},
 * {@link org.storysign.plugins.platform.UserDirectory} and so on), which {@code storage} implements;
 * {@link org.storysign.plugins.platform.PlatformServices} gathers them. {@code memory} holds the ports for the command line and the tests,
 * {@code records} what the product tells and hears of the same services, {@code ai} the models and {@code connect} the product's services an operator connects, {@code http} what
 * guests reach of the network, {@code dry} the functions of dry runs. To add a function: write it, register it in {@code Wiring}, describe
 * it in {@code platform/host-functions.json}; tests say what else is missing.
 *
 * <p>Why ask twice? An import that is not granted stops the enable, so that an operator learns of it at once; an optional one that
 * was refused is linked to the same function, which then answers {@code permission-denied}. There is no path round the question.
 * Whose data it is about comes from the call's context, never from what the guest says.
 */
@NullMarked
package org.storysign.plugins.platform;

import org.jspecify.annotations.NullMarked;
