package org.storysign.plugins.platform;

/**
 * What a plugin tells a user.
 *
 * @param title one readable line
 * @param body readable text, or empty
 * @param link a path of the product or an address, or empty
 */
public record Notice(NoticeLevel level, String title, String body, String link) {}
