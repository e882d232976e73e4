package org.storysign.plugins.platform;

/**
 * What the product tells plugins of a user.
 *
 * @param profile JSON object, whatever the product says
 * @param progress JSON object, a member a module of the product
 * @param preferences JSON object
 * @param revision grows with every change; its ETag
 */
public record UserRecord(String profile, String progress, String preferences, long revision) {}
