/**
 * Secrets at rest. A {@link org.storysign.plugins.secret.SecretCipher} seals what must not lie in the database in clear, by AES-256-GCM with
 * one of the {@link org.storysign.plugins.secret.SecretKeys} an operator configured, and opens what was sealed by any of them: so keys are
 * changed by adding one, making it the active one and, when everything is sealed anew, taking the old one away.
 *
 * <p>What is sealed is bound to its place (whose it is and where): copied to another place it does not open. Plain Java.
 */
@NullMarked
package org.storysign.plugins.secret;

import org.jspecify.annotations.NullMarked;
