/**
 * The platform in a dry run: what only reads, reads; what would keep something answers as if it had and keeps nothing. These are the
 * platform's own functions over ports that do not keep, so that a dry run checks inputs, permissions and limits by the same code. What
 * a call would have kept is not there when the same call looks for it. What is not in here (text models, which cost money) answers
 * {@code dry-run}.
 */
@NullMarked
package org.storysign.plugins.platform.dry;

import org.jspecify.annotations.NullMarked;
