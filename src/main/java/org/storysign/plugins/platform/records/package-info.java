/**
 * The platform's services in the hands of the product and of people: the same users, content and notifications as guests are
 * offered, but nobody waits on a thread. {@link org.storysign.plugins.platform.records.UserRecords},
 * {@link org.storysign.plugins.platform.records.ContentRecords}, {@link org.storysign.plugins.platform.records.NotificationInbox} and, for
 * all that is kept about one user, {@link org.storysign.plugins.platform.records.UserArchive}.
 *
 * <p>Why is only the archive audited? What the product tells of its users and content is its own daily traffic, not a decision about
 * plugins; one entry for each finished lesson would bury those.
 */
@NullMarked
package org.storysign.plugins.platform.records;

import org.jspecify.annotations.NullMarked;
