/**
 * The models an operator connected, over HTTP: {@link org.storysign.plugins.platform.ai.TextModel} speaks to any endpoint that is
 * compatible with OpenAI's chat completions, {@link org.storysign.plugins.platform.ai.HandModel} to services that keep the contract in
 * {@code deploy/connectors/hands.yaml}. {@link org.storysign.plugins.platform.ai.ConnectedAi} offers what is connected as the port
 * {@link org.storysign.plugins.platform.AiService}.
 *
 * <p>What these services answer is read as carefully as what guests say: bounded, and only what is expected of it. The operator's
 * key goes to the operator's address alone; redirects are not followed. No user, plugin or tenant is named to them.
 */
@NullMarked
package org.storysign.plugins.platform.ai;

import org.jspecify.annotations.NullMarked;
