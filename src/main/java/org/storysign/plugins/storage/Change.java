package org.storysign.plugins.storage;

import org.storysign.plugins.audit.AuditEntry;

/** What the work of a changing transaction came to. */
sealed interface Change<T> {

    T value();

    /** Something every replica serves from was changed. */
    record OfCatalogue<T>(T value, AuditEntry audit) implements Change<T> {}

    /** Something was changed that no replica keeps. */
    record OfRecords<T>(T value, AuditEntry audit) implements Change<T> {}

    /** Nothing was changed, so there is nothing to tell. */
    record None<T>(T value) implements Change<T> {}
}
