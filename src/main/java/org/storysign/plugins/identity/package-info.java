/**
 * Who acts and for whom: {@link org.storysign.plugins.identity.TenantId}, {@link org.storysign.plugins.identity.PluginId},
 * {@link org.storysign.plugins.identity.Actor} with its {@link org.storysign.plugins.identity.Role}s, and the
 * {@link org.storysign.plugins.identity.CallContext} a plugin runs in. Pure values, checked when made. How a caller proves to be
 * someone is the business of the room {@code security}.
 */
@NullMarked
package org.storysign.plugins.identity;

import org.jspecify.annotations.NullMarked;
