/**
 * Tells an operator's own services of changes of plugins, as Standard Webhooks (https://www.standardwebhooks.com): what is to be told is
 * written in the transaction of the change, by the database, and delivered at least once by
 * {@link org.storysign.plugins.plugin.webhook.WebhookSender}. Requests leave as plugins' requests do, so that a webhook reaches nothing
 * that is not public.
 */
@NullMarked
package org.storysign.plugins.plugin.webhook;

import org.jspecify.annotations.NullMarked;
