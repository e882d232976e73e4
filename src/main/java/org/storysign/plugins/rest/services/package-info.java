/**
 * The platform's services over REST: the product tells of its {@link org.storysign.plugins.rest.services.UsersResource users} and
 * {@link org.storysign.plugins.rest.services.ContentResource content}, shows
 * {@link org.storysign.plugins.rest.services.NotificationsResource notifications}, and exports or erases what is kept about one user.
 */
@NullMarked
package org.storysign.plugins.rest.services;

import org.jspecify.annotations.NullMarked;
