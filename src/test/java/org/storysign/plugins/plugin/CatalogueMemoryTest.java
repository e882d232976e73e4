package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Guests;

/** What a plugin costs of a process's heap while it is enabled; one that is only installed costs nothing there. */
@Tag("full")
class CatalogueMemoryTest {

    private static final int PLUGINS = 300;

    @Test
    void an_enabled_plugin_takes_little_of_the_heap() {
        TestService writer = new TestService();
        for (int number = 0; number < PLUGINS; number++) {
            writer.serve(TestPackages.of("{\"id\": \"plugin-" + number + "\"}", Guests.silent()));
        }
        TestService other = writer.anotherProcess();
        long before = used();

        TestService.await(other.catalog.refresh(TestPackages.OPERATOR.tenant()));

        long each = (used() - before) / PLUGINS;
        System.out.println("heap of an enabled plugin, module and manifest of the least size: " + each + " bytes");
        assertThat(other.catalog.current(TestPackages.OPERATOR.tenant()).all()).hasSize(PLUGINS);
        assertThat(each).isLessThan(100_000);
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
