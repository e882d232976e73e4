package org.storysign.plugins.wasm.fuel;

/** The sections of a module in the order in which they must stand. Source: core spec 5.5.2. */
enum SectionId {
    TYPE(1),
    IMPORT(2),
    FUNCTION(3),
    TABLE(4),
    MEMORY(5),
    GLOBAL(6),
    EXPORT(7),
    START(8),
    ELEMENT(9),
    DATA_COUNT(12),
    CODE(10),
    DATA(11);

    private final int number;

    SectionId(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static SectionId of(int number) {
        for (SectionId id : values()) {
            if (id.number == number) {
                return id;
            }
        }
        throw new IllegalStateException("a scanned module has a section " + number);
    }
}
