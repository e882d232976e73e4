package org.storysign.plugins.rest.plugins;

/**
 * What became of a plugin that is shared no more.
 *
 * @param tenants how many adopted it and keep it
 */
public record WithdrawalView(String id, int tenants) {}
