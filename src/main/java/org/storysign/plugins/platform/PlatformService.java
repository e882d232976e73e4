package org.storysign.plugins.platform;

/** What a platform function belongs to. Each service has its own bulkhead, quota and longest wait. */
public enum PlatformService {
    STORAGE,
    USERS,
    CONTENT,
    ANALYTICS,
    AI,
    LIVE,
    NOTIFICATIONS,
    HOOKS
}
