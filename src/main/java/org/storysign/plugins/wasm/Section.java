package org.storysign.plugins.wasm;

import java.util.Optional;

/** The sections of a module in the order in which they must stand; custom ones may stand anywhere. Source: core spec 5.5.2. */
enum Section {
    CUSTOM(0),
    TYPE(1),
    IMPORT(2),
    FUNCTION(3),
    TABLE(4),
    MEMORY(5),
    TAG(13),
    GLOBAL(6),
    EXPORT(7),
    START(8),
    ELEMENT(9),
    DATA_COUNT(12),
    CODE(10),
    DATA(11);

    private static final Section[] ALL = values();

    private final int id;

    Section(int id) {
        this.id = id;
    }

    static Optional<Section> of(int id) {
        for (Section section : ALL) {
            if (section.id == id) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /** Whether this section may follow the other. */
    @SuppressWarnings("EnumOrdinal") // the order of the constants is what this is about
    boolean mayFollow(Section last) {
        return this == CUSTOM || ordinal() > last.ordinal();
    }

    /** As in {@code data count}. */
    String title() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
