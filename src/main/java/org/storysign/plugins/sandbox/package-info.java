/**
 * One call of untrusted code under limits: {@link org.storysign.plugins.sandbox.Sandbox#call} takes a
 * {@link org.storysign.plugins.sandbox.CallRequest} and answers a {@link org.storysign.plugins.sandbox.CallResult}, in which a
 * {@link org.storysign.plugins.sandbox.Trap} is a value. The engine, the calling convention and the host functions are ports.
 *
 * <p>Why a fresh instance for each call? Nothing leaks between users, calls or tenants, and a trap leaves nothing half-done. A plugin
 * that was granted it keeps instances in its own {@link org.storysign.plugins.sandbox.InstancePool}: decisions/007.
 */
@NullMarked
package org.storysign.plugins.sandbox;

import org.jspecify.annotations.NullMarked;
