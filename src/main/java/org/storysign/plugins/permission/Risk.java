package org.storysign.plugins.permission;

/** How much harm a permission can do in the wrong hands. */
public enum Risk {
    LOW,
    MEDIUM,
    HIGH
}
